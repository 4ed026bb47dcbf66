import type { Evidence, EvidenceReading, GatePlace } from "./evidence/evidence.ts";
import type { GateVerdict } from "./verdict.ts";
import type { GateViolation } from "./verdict.types.ts";
import { harmless } from "../texts/harmless.ts";
import { counted } from "./trail/wording.ts";

/** Blocks and subjects that are written out; the others are counted. */
const MOST_BLOCKS = 20;
const MOST_SUBJECTS = 5;
/** Rules and subjects in a headline. */
const MOST_NAMES = 3;
/** Records that are written out; the outputs have more. */
const MOST_RECORDS = 2;

const SUBJECTS: { readonly [query: string]: readonly [what: string, subject: string] } = {
  dws_audit_dump_records: ["audit-log dumps", "DWS cluster"],
  dws_parameter_modification_records: ["parameter modifications", "DWS cluster"],
  dds_audit_logs: ["audit logs", "DDS instance"],
  dws_clusters: ["the list", "DWS clusters"],
  dds_instances: ["the list", "DDS instances"],
};

/** Lists of what `"*"` means, which are no audit trails. */
const LISTS: { readonly [query: string]: string } = {
  dws_clusters: "DWS cluster",
  dds_instances: "DDS instance",
};

/** What a headline says of a verdict. */
export type Headlined = Pick<GateVerdict, "passed" | "blocking" | "violations"> &
  Partial<Omit<GateVerdict, "evidence">> & {
    readonly evidence: Partial<Pick<Evidence, "digest" | "checks">> & {
      readonly readings: readonly HeadlinedReading[];
    };
  };

/** What it says of each reading. */
type HeadlinedReading = Pick<EvidenceReading, "query" | "subject" | "count" | "complete">;

/**
 * The outcome of a gate in one line, without a period. Where it only warns, with rules and subjects: engines show one
 * of several warnings that have the same words.
 */
export function gateHeadline(verdict: Headlined): string {
  const { passed, blocking, violations, evidence, place, acknowledged = [], skipped = [] } = verdict;
  const { readings } = evidence;
  const listed = listedIn(readings, skipped);
  if (passed) {
    const trails = readings.filter(({ query }) => LISTS[query] === undefined);
    const known = acknowledged.length > 0 ? ` with ${acknowledged.length} acknowledged` : "";
    const checks = evidence.checks?.length ?? 0;
    const judged = [
      ...(trails.length > 0 || checks === 0 ? [counted(trails.length, "audit trail")] : []),
      ...(checks > 0 ? [counted(checks, "check")] : []),
    ].join(" and ");
    const where = place && (readings.length > 0 || checks === 0) ? `, ${harmless(placeWords(place))}` : "";
    return `The gate has passed${known}: ${judged} in order${listed}${where}${emptyOf(readings)}`;
  }
  const found = `${counted(violations.length, "violation")}${listed}`;
  if (blocking) return `The gate is closed: ${found}`;
  const names = unique(violations.map(({ ruleId, subject }) => `${ruleId} of ${subject}`)).map(harmless);
  const shown = names.slice(0, MOST_NAMES).join(", ");
  const more = names.length > MOST_NAMES ? ` and ${names.length - MOST_NAMES} more` : "";
  return `The gate has not passed, but only warns: ${found} (${shown}${more})`;
}

/** What `"*"` meant, and which of it has no audit trail to be judged. */
function listedIn(readings: readonly HeadlinedReading[], skipped: GateVerdict["skipped"]): string {
  const all = readings.flatMap(({ query, count, complete }) => {
    const noun = LISTS[query];
    return noun !== undefined && complete === true ? [`all ${counted(count, noun)}`] : [];
  });
  if (all.length === 0) return "";
  const names = skipped.map(({ subject, status }) => harmless(`${subject} ${status}`));
  const shown = names.slice(0, MOST_NAMES).join(", ");
  const more = names.length > MOST_NAMES ? ` and ${names.length - MOST_NAMES} more` : "";
  const less = names.length > 0 ? `, less ${names.length} skipped for their state (${shown}${more})` : "";
  return `, of ${all.join(" and ")} that this identity may see${less}`;
}

/** Where a gate looked, in one line: what a person needs who believes that it was the wrong place. */
export function gatePlaceLine({ place }: Pick<GateVerdict, "place">): string {
  return `Looked at ${harmless(placeWords(place))}.`;
}

function placeWords({ region, projectId, identity }: GatePlace): string {
  const project = projectId === null ? "no known project" : `project ${projectId}`;
  return `${project}${region === null ? "" : ` in ${region}`}, ${identity === null ? "not signed in" : `signed in by ${identity}`}`;
}

/** No rule that was given needs a dump to be there, or this would not have passed. */
function emptyOf(readings: readonly HeadlinedReading[]): string {
  const empty = readings.filter(({ query, count }) => query === "dws_audit_dump_records" && count === 0);
  if (empty.length === 0) return "";
  const ids = unique(empty.map(({ subject }) => subject));
  const more = ids.length > MOST_NAMES ? ` and ${ids.length - MOST_NAMES} more` : "";
  return `, but no dump at all of ${ids.slice(0, MOST_NAMES).map(harmless).join(", ")}${more}; add maxAge`;
}

/**
 * Violations for people, the same text at every door: what rule, of what, what it expects, what was found, the
 * first records, and what to do next. Alike ones are told together. Safe for terminals and CI logs: one thing to a
 * line, control characters escaped, no line that a CI service would take for a command. Empty where there are none.
 */
export function formatViolations({ violations }: Pick<GateVerdict, "violations">): string {
  const groups = new Map<string, GateViolation[]>();
  for (const violation of violations) {
    const { rule, ruleId: _, next: __, subject, ...alike } = violation;
    const key = JSON.stringify(
      rule === "readable" ? { ...alike, message: "", found: withoutRequest(alike.found) } : [alike, subject],
    );
    groups.set(key, [...(groups.get(key) ?? []), violation]);
  }
  const all = [...groups.values()];
  const told = all.slice(0, MOST_BLOCKS);
  const others = all.slice(MOST_BLOCKS).reduce((count, group) => count + group.length, 0);
  return [
    ...told.map(blockOf),
    ...(others > 0 ? [`… and ${counted(others, "more violation")} like these or others`] : []),
  ].join("\n\n");
}

/**
 * What did not count because it is acknowledged, and what to look at about that, for people, the same text at every
 * door: one line each, as safe as {@link formatViolations}. Empty where there is neither.
 */
export function formatAcknowledged({
  acknowledged,
  warnings,
}: Pick<GateVerdict, "acknowledged" | "warnings">): string {
  return [
    ...acknowledged.map(
      ({ ruleId, subject, record, reason, until }) =>
        `acknowledged: ${ruleId} of ${subject} (${record}) until ${until}: ${reason}`,
    ),
    ...warnings,
  ]
    .map(harmless)
    .join("\n");
}

function blockOf(group: readonly GateViolation[]): string {
  const [first] = group;
  if (!first) return "";
  const [what, noun] = SUBJECTS[first.query] ?? [harmless(first.query), "subject"];
  const rules = unique(group.map(({ rule }) => rule)).join(", ");
  const hidden = first.records.length - MOST_RECORDS;
  const lines: (readonly [label: string, text: string])[] = [
    ["expected", first.expected],
    ["found", first.found],
    ...first.records.slice(0, MOST_RECORDS).map((record) => ["record", record] as const),
    ...(hidden > 0 ? [["", `… and ${hidden} more in the outputs`] as const] : []),
    ...(group.length > 1 ? [["alike", counted(group.length, "violation")] as const] : []),
    ["next", first.next],
  ];
  return [
    `${harmless(rules)}: ${what} of ${noun} ${subjectsOf(group)}${first.blocking ? "" : " (a warning only)"}`,
    ...lines.map(([label, text]) => `  ${label.padEnd(8)}  ${harmless(text)}`),
  ].join("\n");
}

function subjectsOf(group: readonly GateViolation[]): string {
  const ids = unique(group.map(({ subject }) => subject));
  const shown = ids
    .slice(0, MOST_SUBJECTS)
    .map((id) => harmless(id))
    .join(", ");
  return ids.length > MOST_SUBJECTS ? `${shown} and ${ids.length - MOST_SUBJECTS} more` : shown;
}

// Its id is all that tells the same error of two subjects apart.
function withoutRequest(text: string): string {
  return text.replace(/ \(request [^()]*\)/, "");
}

function unique(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)];
}
