import type { GateVerdict } from "./verdict.ts";
import type { GateViolation } from "./verdict.types.ts";
import { counted, harmless } from "./trail/wording.ts";

/** Blocks and subjects that are written out; the others are counted. */
const MOST_BLOCKS = 20;
const MOST_SUBJECTS = 5;

const SUBJECTS: { readonly [query: string]: readonly [what: string, subject: string] } = {
  dws_audit_dump_records: ["audit-log dumps", "DWS cluster"],
  dws_parameter_modification_records: ["parameter modifications", "DWS cluster"],
  dds_audit_logs: ["audit logs", "DDS instance"],
};

/** The outcome of a gate in one line, without a period. */
export function gateHeadline({ passed, blocking, violations, evidence }: GateVerdict): string {
  const readings = counted(evidence.readings.length, "audit trail");
  if (passed) return `The gate has passed: ${readings} in order`;
  const found = counted(violations.length, "violation");
  return blocking ? `The gate is closed: ${found}` : `The gate has not passed, but only warns: ${found}`;
}

/**
 * Violations for people, the same text at every door: what rule, of what, what it expects, what was found, the
 * first records, and what to do next. Alike ones are told together. Safe for terminals and CI logs: one thing to a
 * line, control characters escaped, no line that a CI service would take for a command. Empty where there are none.
 */
export function formatViolations({ violations }: Pick<GateVerdict, "violations">): string {
  const groups = new Map<string, GateViolation[]>();
  for (const violation of violations) {
    const { rule, subject, ...alike } = violation;
    const key = JSON.stringify(
      rule === "readable" ? { ...alike, message: "", found: withoutRequest(alike.found) } : [alike, subject],
    );
    groups.set(key, [...(groups.get(key) ?? []), violation]);
  }
  const blocks = [...groups.values()].map(blockOf);
  const others = blocks.length - MOST_BLOCKS;
  return [
    ...blocks.slice(0, MOST_BLOCKS),
    ...(others > 0 ? [`… and ${counted(others, "more violation")} like these or others`] : []),
  ].join("\n\n");
}

function blockOf(group: readonly GateViolation[]): string {
  const [first] = group;
  if (!first) return "";
  const [what, noun] = SUBJECTS[first.query] ?? [harmless(first.query), "subject"];
  const rules = unique(group.map(({ rule }) => rule)).join(", ");
  const lines: (readonly [label: string, text: string])[] = [
    ["expected", first.expected],
    ["found", first.found],
    ...first.records.map((record) => ["record", record] as const),
    ["next", first.next],
  ];
  return [
    `${harmless(rules)}: ${what} of ${noun} ${subjectsOf(group)}${first.blocking ? "" : " (a warning only)"}`,
    ...lines.map(([label, text]) => `  ${label.padEnd(8)}  ${harmless(text)}`),
  ].join("\n");
}

function subjectsOf(group: readonly GateViolation[]): string {
  const ids = unique(group.map(({ subject }) => subject));
  const shown = ids.slice(0, MOST_SUBJECTS).map(harmless).join(", ");
  return ids.length > MOST_SUBJECTS ? `${shown} and ${ids.length - MOST_SUBJECTS} more` : shown;
}

// Its id is all that tells the same error of two subjects apart.
function withoutRequest(text: string): string {
  return text.replace(/ \(request [^()]*\)/, "");
}

function unique(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)];
}
