import { AuditError } from "../errors.ts";
import type { Choice } from "./layer.ts";

/** Settings that are sent in a header as they are. */
const SENT = new Set(["accessKey", "securityToken", "token", "projectId", "idpId"]);

/**
 * The choice, if a header can hold it.
 *
 * @throws {AuditError} `ERR_CONFIG` naming where it came from, never what it is: nothing would come of trying to send it.
 */
export function headerText<T extends Choice>(choice: T): T {
  if (!SENT.has(choice.name) || fitsHeader(choice.value)) return choice;
  throw unfit(choice.origin, choice.name);
}

/** Whether a header can hold a text: no control characters, nothing beyond Latin-1. */
export function fitsHeader(text: string): boolean {
  return /^[\t\x20-\x7e\x80-\xff]*$/.test(text);
}

/** The error for a text that no header can hold. */
export function unfit(origin: string, argument: string): AuditError {
  return new AuditError(
    "ERR_CONFIG",
    `${origin} holds a line break or another character that no request can carry.`,
    { argument },
  );
}
