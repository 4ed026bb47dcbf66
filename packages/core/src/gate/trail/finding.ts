import type { AuditErrorCode } from "../../errors.ts";
import type { GateViolation } from "../verdict.types.ts";
import { harmless } from "../../texts/harmless.ts";
import { recordLine } from "./wording.ts";

/** A violation as far as the rule that finds it knows: not of whom, nor what follows from it. */
export type Finding = Omit<GateViolation, "query" | "subject" | "blocking" | "next" | "code"> & {
  readonly code?: AuditErrorCode;
};

/** A finding before it has the name of its rule. */
export type Fault = Omit<Finding, "rule" | "ruleId">;

/** Records that a finding shows. */
export const SHOWN = 5;

/** What breaks a rule for certain. Both texts are phrases that stand after "expected" and "found". */
export function violated(expected: string, found: string, records: readonly object[] = []): Fault {
  return fault({ kind: "violated", expected, found }, records);
}

/** What a rule reads, and cannot understand: no reason to let anything pass. */
export function unknown(expected: string, found: string, records: readonly object[] = []): Fault {
  return fault({ kind: "unknown", expected, found }, records);
}

/** What keeps every rule from being judged. */
export function unread(
  kind: "error" | "incomplete",
  code: AuditErrorCode,
  expected: string,
  found: string,
): Fault {
  return fault({ kind, code, expected, found }, []);
}

/** As it was, saying which acknowledgements would have kept something of it from counting, had they not ended. */
export function ended(given: Fault, late: readonly { readonly until: string }[]): Fault {
  if (late.length === 0 || given.kind !== "violated") return given;
  const untils = [...new Set(late.map(({ until }) => until))].toSorted().join(", ");
  const found = `${given.found}; what was acknowledged until ${untils} counts again`;
  return { ...given, found, message: `Expected ${given.expected}, found ${found}.` };
}

function fault(facts: Omit<Fault, "message" | "records">, records: readonly object[]): Fault {
  const expected = harmless(facts.expected);
  const found = harmless(facts.found);
  return {
    ...facts,
    expected,
    found,
    message: `Expected ${expected}, found ${found}.`,
    records: records.slice(0, SHOWN).map(recordLine),
  };
}
