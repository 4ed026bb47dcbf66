import { type Lists, withEvery } from "../../gate/listing/every.ts";
import type { GatePolicy } from "../../gate/policy/policy.types.ts";
import type { FleetSlice, SliceSubject } from "./fleet-plan.ts";

/** The part of a policy that is about a slice, with ids in place of `"*"`. */
export function slicePolicy(policy: GatePolicy, { subjects, strays }: FleetSlice): GatePolicy {
  const idsOf = (query: string) =>
    new Set(subjects.filter((each) => each.query === query).map(({ subject }) => subject));
  const own = new Set(subjects.map(({ subject }) => subject));
  const expanded = withEvery(policy, listsOf(subjects));
  const logs = idsOf("dds_audit_logs");
  return {
    ...expanded,
    dwsAuditDumpRecords: ofClusters(expanded.dwsAuditDumpRecords, idsOf("dws_audit_dump_records")),
    dwsParameterModificationRecords: ofClusters(
      expanded.dwsParameterModificationRecords,
      idsOf("dws_parameter_modification_records"),
    ),
    ddsAuditLogs: expanded.ddsAuditLogs?.flatMap((rules) => {
      const instanceIds = rules.instanceIds.filter((id) => logs.has(id));
      return instanceIds.length > 0 ? [{ ...rules, instanceIds }] : [];
    }),
    acknowledged: policy.acknowledged?.filter(
      ({ subject }, index) => own.has(subject) || strays.includes(index),
    ),
  };
}

function ofClusters<Rules extends { readonly clusterIds: readonly string[] }>(
  sets: readonly Rules[] | undefined,
  ids: ReadonlySet<string>,
): readonly Rules[] | undefined {
  return sets?.flatMap((rules) => {
    const clusterIds = rules.clusterIds.filter((id) => ids.has(id));
    return clusterIds.length > 0 ? [{ ...rules, clusterIds }] : [];
  });
}

/** Lists that give `"*"` the meaning that it had when the fleet was planned, as far as this slice needs it. */
function listsOf(subjects: readonly SliceSubject[]): Required<Lists> {
  const [instances = [], clusters = []] = [true, false].map((logs) => {
    const asked = subjects.filter(({ query }) => (query === "dds_audit_logs") === logs);
    return [...new Map(asked.map((each) => [each.subject, each])).values()];
  });
  return {
    dws_clusters: clusters
      .filter(({ listed }) => listed)
      .map(({ subject: id }) => ({ id, name: null, status: null })),
    dds_instances: instances.map(({ subject: id, listed, nodes = [] }) => ({
      id,
      name: null,
      // What `"*"` leaves out for its state is in the list all the same, with its nodes.
      status: listed ? null : "creating",
      groups: [{ type: null, nodes: nodes.map((node) => ({ id: node })) }],
    })),
  };
}
