/** As main.tf, as a Pulumi program. */
import {
  DdsAuditLogs,
  DdsInstances,
  DwsAuditDumpRecords,
  DwsClusters,
  DwsParameterModificationRecords,
  Provider,
} from "@auditgate/pulumi-provider";

import literals from "./literals.json" with { type: "json" };

const { TF_VAR_cluster_id: clusterId, TF_VAR_instance_id: instanceId } = process.env;
const { TF_VAR_start_time: startTime, TF_VAR_end_time: endTime } = process.env;
// An id here is of what the program says alone: said, it is the id that the other doors give.
const { AUDITGATE_REGION: region, AUDITGATE_PROJECT_ID: projectId } = process.env;
const place = { region, projectId };
const options = Object.keys(literals).length > 0 ? { provider: new Provider("literal", literals) } : {};

const given = ({ id, records, summary, total, complete, digest }) => ({
  id,
  records,
  summary,
  total,
  complete,
  digest,
});
export const dumps = given(new DwsAuditDumpRecords("dumps", { ...place, clusterId }, options));
export const changes = given(
  new DwsParameterModificationRecords("changes", { ...place, clusterId }, options),
);
export const logs = given(new DdsAuditLogs("logs", { ...place, instanceId, startTime, endTime }, options));
export const clusters = given(new DwsClusters("clusters", place, options));
export const instances = given(new DdsInstances("instances", { ...place, mode: "ReplicaSet" }, options));
