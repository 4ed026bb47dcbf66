import type { GateViolation, PolicyFile } from "@auditgate/core";

/** The policy's argument for each query. */
const RULE_SETS: { readonly [query: string]: string } = {
  dws_audit_dump_records: "dwsAuditDumpRecords",
  dws_parameter_modification_records: "dwsParameterModificationRecords",
  dds_audit_logs: "ddsAuditLogs",
};

/** Path of the rule that a violation is about, as far as the policy has it. */
export function placeOf(
  { policy }: PolicyFile,
  { query, subject, rule }: Pick<GateViolation, "query" | "subject" | "rule">,
): readonly PropertyKey[] {
  const name = RULE_SETS[query];
  const sets: unknown = name === undefined ? undefined : Reflect.get(policy, name);
  if (name === undefined || !Array.isArray(sets)) return [];
  const candidates = sets
    .map((set: object, index) => ({ set, index }))
    .filter(({ set }) => isAbout(set, subject));
  const [best] = [...candidates.filter(({ set }) => rule in set), ...candidates];
  if (!best) return [name];
  return rule in best.set ? [name, best.index, rule] : [name, best.index];
}

function isAbout(set: object, subject: string): boolean {
  const ids: unknown = Reflect.get(set, "clusterIds") ?? Reflect.get(set, "instanceIds");
  return Array.isArray(ids) && (ids.includes(subject) || ids.includes("*"));
}
