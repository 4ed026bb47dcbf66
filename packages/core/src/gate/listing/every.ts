import type { DdsInstancesRecord } from "../../queries/dds-instances.types.ts";
import type { DwsClustersRecord } from "../../queries/dws-clusters.types.ts";
import type { GatePolicy } from "../policy/policy.types.ts";
import { meansEvery } from "../rules/policy-values.ts";
import { standingOf } from "./states.ts";

/** What the service lists, as far as it was asked for and could be read. */
export interface Lists {
  readonly dws_clusters?: readonly Pick<DwsClustersRecord, "id" | "name" | "status">[];
  readonly dds_instances?: readonly ListedInstance[];
}

/** What is needed of a listed instance. */
interface ListedInstance extends Pick<DdsInstancesRecord, "id" | "name" | "status"> {
  readonly groups: readonly {
    readonly type: string | null;
    readonly nodes: readonly { readonly id: string | null }[];
  }[];
}

/** The ids that `"*"` means, in order: of all that are listed and can have a trail, those that are not excepted. */
export function everyOf(
  query: keyof Lists,
  listed: readonly { readonly id: string | null; readonly status: string | null }[],
  except: readonly string[] = [],
): readonly string[] {
  const excepted = new Set(except.map(comparable));
  return listed
    .filter(({ status }) => standingOf(query, status) !== "skipped")
    .map(({ id }) => id)
    .filter((id) => id !== null && !excepted.has(comparable(id)))
    .map(String)
    .toSorted((a, b) => (a < b ? -1 : 1));
}

/** An id as it is compared: GUIDs mean the same in capitals. */
export function comparable(id: string): string {
  return id.toLowerCase();
}

/**
 * A policy with the ids of what is listed instead of `"*"`. What could not be listed is left out, and so is a rule set
 * of which nothing is left: for both, the list itself is judged.
 */
export function withEvery(policy: GatePolicy, lists: Lists): GatePolicy {
  const clusters = <
    Rules extends { readonly clusterIds: readonly string[]; readonly except?: readonly string[] | undefined },
  >(
    sets: readonly Rules[] | undefined,
  ) =>
    sets?.flatMap((rules): readonly Rules[] => {
      if (!meansEvery(rules.clusterIds)) return [rules];
      const { except, ...others } = rules;
      const clusterIds = everyOf("dws_clusters", lists.dws_clusters ?? [], except);
      return clusterIds.length > 0 ? [{ ...others, clusterIds } as unknown as Rules] : [];
    });
  return {
    ...policy,
    dwsAuditDumpRecords: clusters(policy.dwsAuditDumpRecords),
    dwsParameterModificationRecords: clusters(policy.dwsParameterModificationRecords),
    ddsAuditLogs: policy.ddsAuditLogs?.flatMap(({ except, ...rules }) => {
      const instanceIds = meansEvery(rules.instanceIds)
        ? everyOf("dds_instances", lists.dds_instances ?? [], except)
        : rules.instanceIds;
      if (instanceIds.length === 0) return [];
      if (!meansEvery(rules.nodeIds)) return [{ ...rules, instanceIds }];
      return instanceIds.map((id) => ({ ...rules, instanceIds: [id], nodeIds: nodesOf(id, lists) }));
    }),
  };
}

/**
 * The nodes of an instance that write audit logs. The documents say where those of a cluster are, on its mongos nodes;
 * of other instances every node counts. None where the instance is not listed.
 *
 * @see https://docs.otc.t-systems.com/document-database-service/api-ref/apis_v3.0_recommended/log_information_queries/obtaining_the_audit_log_list.html
 */
export function nodesOf(instanceId: string, { dds_instances: instances = [] }: Lists): readonly string[] {
  const groups = instances.find(({ id }) => id === instanceId)?.groups ?? [];
  const mongos = groups.filter(({ type }) => type === "mongos");
  return (mongos.length > 0 ? mongos : groups)
    .flatMap(({ nodes }) => nodes.map(({ id }) => id))
    .filter((id) => id !== null);
}
