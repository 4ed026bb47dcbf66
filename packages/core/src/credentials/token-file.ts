import { readFileSync } from "node:fs";
import { AuditError } from "../errors.ts";
import { fitsHeader } from "../settings/header-text.ts";

/** Longest token that is taken for one [characters]. */
const LONGEST = 65_536;

/**
 * The token in a file that a CI system or a cluster writes anew from time to time.
 *
 * @param origin - What named the file.
 * @throws {AuditError} `ERR_CONFIG` for a file that cannot be read, or holds something else than one token.
 */
export function readTokenFile(path: string, origin: string, argument?: string): string {
  const refuse = (problem: string, cause?: unknown) =>
    new AuditError("ERR_CONFIG", `${origin} names a file that ${problem}: ${path}.`, { argument, cause });
  let text: string;
  try {
    text = readFileSync(path, "utf8").trim();
  } catch (cause) {
    throw refuse("cannot be read", cause);
  }
  if (text === "") throw refuse("is empty, where a token should be");
  if (/\s/.test(text) || text.length > LONGEST || !fitsHeader(text)) throw refuse("holds no token");
  return text;
}
