import type { GatePolicy } from "../policy/policy.types.ts";
import type { GateSkipped } from "../verdict.types.ts";
import { meansEvery } from "../rules/policy-values.ts";
import { comparable, type Lists } from "./every.ts";
import { standingOf } from "./states.ts";

/** What `"*"` left out for its state. */
export function skippedIn(policy: GatePolicy, lists: Lists): readonly GateSkipped[] {
  return (["dws_clusters", "dds_instances"] as const).flatMap((query) =>
    (hasEvery(policy, query) ? (lists[query] ?? []) : [])
      .filter(({ status }) => standingOf(query, status) === "skipped")
      .map(({ id, name, status }) => ({
        query,
        subject: id ?? "",
        name: name ?? "",
        status: status ?? "",
      }))
      .toSorted((a, b) => (a.subject < b.subject ? -1 : 1)),
  );
}

/** A line for each exception that meets nothing: most often a misspelled id, or what is gone. */
export function idleExceptions(policy: GatePolicy, lists: Lists): readonly string[] {
  return (["dwsAuditDumpRecords", "dwsParameterModificationRecords", "ddsAuditLogs"] as const).flatMap(
    (name) =>
      (policy[name] ?? []).flatMap((rules, index) => {
        const logs = "instanceIds" in rules;
        const listed = lists[logs ? "dds_instances" : "dws_clusters"];
        if (!listed || !meansEvery(logs ? rules.instanceIds : rules.clusterIds)) return [];
        const known = new Set(listed.map(({ id }) => comparable(id ?? "")));
        return (rules.except ?? [])
          .filter((id) => !known.has(comparable(id)))
          .map((id) => `${name}[${index}].except: ${id} meets nothing that is listed.`);
      }),
  );
}

/** A list that is read for its nodes alone skips nobody. */
function hasEvery(policy: GatePolicy, query: keyof Lists): boolean {
  const {
    dwsAuditDumpRecords: dumps = [],
    dwsParameterModificationRecords: changes = [],
    ddsAuditLogs: logs = [],
  } = policy;
  return query === "dds_instances"
    ? logs.some(({ instanceIds }) => meansEvery(instanceIds))
    : [...dumps, ...changes].some(({ clusterIds }) => meansEvery(clusterIds));
}
