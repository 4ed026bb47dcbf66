import type { TargetVerdict } from "@auditgate/core";

const QUERIES: Readonly<{ [query: string]: readonly [what: string, of: string] }> = {
  dws_audit_dump_records: ["Audit-log dumps", "DWS cluster"],
  dws_parameter_modification_records: ["Parameter modifications", "DWS cluster"],
  dds_audit_logs: ["Audit logs", "DDS instance"],
  dws_clusters: ["The list", "DWS clusters"],
  dds_instances: ["The list", "DDS instances"],
};

/** What was read, in words: `Audit-log dumps of DWS cluster`. */
export function queryName(query: string): string {
  const [what, of] = QUERIES[query] ?? [query, "subject"];
  return `${what} of ${of}`;
}

/** What a target is called; the one place that the environment names has no name. */
export function targetName({ name, place }: Pick<TargetVerdict, "name" | "place">): string {
  return name ?? place.region ?? "here";
}

/** Whether a gate is closed, as a word and as a class. */
export function stateOf({
  passed,
  blocking,
}: Pick<TargetVerdict, "passed" | "blocking">): "passed" | "closed" | "warns" {
  if (passed) return "passed";
  return blocking ? "closed" : "warns";
}

/** An id of the page's own for a trail, for links. */
export function anchorOf(target: number, position: number): string {
  return `trail-${target}-${position < 0 ? "list" : position}`;
}
