import type { AuditErrorCode } from "../../errors.ts";
import type { GateViolation } from "../verdict.types.ts";
import { harmless, recordLine } from "./wording.ts";

/** A violation as far as the rule that finds it knows: not of whom, nor what follows from it. */
export type Finding = Omit<GateViolation, "query" | "subject" | "blocking" | "code"> & {
  readonly code?: AuditErrorCode;
};

/** Records that a finding shows. */
const SHOWN = 5;

/** What breaks a rule for certain. Both texts are phrases that stand after "expected" and "found". */
export function violated(
  rule: string,
  expected: string,
  found: string,
  records: readonly object[] = [],
): Finding {
  return finding({ rule, kind: "violated", expected, found }, records);
}

/** What a rule reads, and cannot understand: no reason to let anything pass. */
export function unknown(
  rule: string,
  expected: string,
  found: string,
  records: readonly object[] = [],
): Finding {
  return finding({ rule, kind: "unknown", expected, found }, records);
}

/** What keeps every rule from being judged. */
export function unread(
  rule: "readable" | "complete",
  code: AuditErrorCode,
  expected: string,
  found: string,
): Finding {
  return finding({ rule, kind: rule === "complete" ? "incomplete" : "error", code, expected, found }, []);
}

function finding(facts: Omit<Finding, "message" | "records">, records: readonly object[]): Finding {
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
