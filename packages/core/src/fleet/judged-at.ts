import { AuditError } from "../errors.ts";
import { tryParseInstant } from "../instant.ts";

/**
 * The instant that all windows and ages are judged at [ms since 1970-01-01 UTC].
 *
 * @throws {AuditError} `ERR_ARGUMENT` for a text that is none.
 */
export function judgedAt(text: string): number {
  const instant = tryParseInstant(text);
  if (instant !== undefined) return instant;
  throw new AuditError("ERR_ARGUMENT", "at must be an instant with a zone, such as 2026-12-31T12:00:00Z.", {
    argument: "at",
  });
}
