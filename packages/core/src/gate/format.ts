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

/** What to do about a violated rule. */
const NEXT: { readonly [rule: string]: string } = {
  maxFailures: "Look into the failure reasons, and run those dumps again.",
  maxRunning: "See in the service's console whether the dump still makes progress.",
  bucketName: "Set the bucket of the cluster's audit-log dump, or change bucketName.",
  locationPrefix: "Set the prefix of the cluster's audit-log dump, or change locationPrefix.",
  noPending: "Wait until it is applied, or restart the cluster if it waits for that.",
  maxFailed: "Look into the failure reasons, and make those modifications again or undo them.",
  maxChanges: "Have the modifications reviewed; raise maxChanges if they are in order.",
  allowedOperators: "Have the modification reviewed; add the operator to allowedOperators if it is in order.",
  freezeWindows: "Have the modification reviewed, or wait until it is older than `within`.",
  nodeIds: "See whether auditing is on for the node, and whether it still belongs to the instance.",
  maxTotalBytes: "Look into what makes so many logs, or raise maxTotalBytes.",
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
    ["next", nextStep(first)],
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

function nextStep({ kind, rule, code, query }: GateViolation): string {
  if (kind === "error") return errorStep(code, query);
  if (kind === "incomplete")
    return "Try again; if it stays so, see whether records are written all the time.";
  if (kind === "unknown") return unknownStep(rule, query);
  if (rule === "maxAge" || rule === "maxGap" || rule === "minLogs") {
    return query === "dds_audit_logs"
      ? "See whether auditing is on for every node; if the instance is younger than `within`, shorten that."
      : "See whether audit-log dumps are on for the cluster, and run one; if all is well, allow for a longer time.";
  }
  return NEXT[rule] ?? "Look into the records, or change the rule.";
}

function unknownStep(rule: string, query: string): string {
  if (rule === "readable" || rule === "within") return "Look at the times of the records, and at timeZone.";
  if (query === "dds_audit_logs") return "Look at the logs that do not say what the rule needs to know.";
  return query === "dws_audit_dump_records"
    ? "If you know what these records mean, name their values in successResults or failedResults, or set timeZone."
    : "If you know what these records mean, name their values in successStatuses or failedStatuses.";
}

// @see https://support.huaweicloud.com/api-dws/ListAuditLog.html
// @see https://support.huaweicloud.com/api-dws/ListConfigurationsAuditRecords.html
// @see https://support.huaweicloud.com/intl/en-us/api-dds/dds_api_0099.html
const ACTIONS: Readonly<{ [query: string]: string }> = {
  dws_audit_dump_records: "dws:cluster:listAuditLog",
  dws_parameter_modification_records: "dws:cluster:listHistoryConfig",
  dds_audit_logs: "dds:instance:listAuditLog (Open Telekom Cloud: dds:instance:list)",
};

function errorStep(code: string | undefined, query: string): string {
  switch (code) {
    case "ERR_FORBIDDEN":
      return `Grant the action ${ACTIONS[query] ?? "that the query needs"}.`;
    case "ERR_NOT_FOUND":
      return "See whether the id, the region and the project are right.";
    case "ERR_UNAUTHENTICATED":
    case "ERR_CONFIG":
      return "See whether the settings and credentials are right.";
    case "ERR_ARGUMENT":
    case "ERR_UNSUPPORTED":
      return "See whether this region offers the query, and whether the id is of the right kind.";
    default:
      return "Try again; if it stays so, see whether the service can be reached from here.";
  }
}

// Its id is all that tells the same error of two subjects apart.
function withoutRequest(text: string): string {
  return text.replace(/ \(request [^()]*\)/, "");
}

function unique(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)];
}
