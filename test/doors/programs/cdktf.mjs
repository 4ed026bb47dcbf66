/** As main.tf, written with constructs. */
import {
  AuditgateProvider,
  DataAuditgateDdsAuditLogs,
  DataAuditgateDdsInstances,
  DataAuditgateDwsAuditDumpRecords,
  DataAuditgateDwsClusters,
  DataAuditgateDwsParameterModificationRecords,
} from "@auditgate/cdktf-constructs";
import { App, Fn, TerraformOutput, TerraformStack, TerraformVariable } from "cdktf";

import literals from "./literals.json" with { type: "json" };

const app = new App();
const stack = new TerraformStack(app, "doors");
new AuditgateProvider(stack, "auditgate", literals);

const variable = (name) => new TerraformVariable(stack, name, { type: "string" }).stringValue;
const clusterId = variable("cluster_id");
const readings = {
  dumps: new DataAuditgateDwsAuditDumpRecords(stack, "dumps_data", { clusterId }),
  changes: new DataAuditgateDwsParameterModificationRecords(stack, "changes_data", { clusterId }),
  logs: new DataAuditgateDdsAuditLogs(stack, "logs_data", {
    instanceId: variable("instance_id"),
    startTime: variable("start_time"),
    endTime: variable("end_time"),
  }),
  clusters: new DataAuditgateDwsClusters(stack, "clusters_data"),
  instances: new DataAuditgateDdsInstances(stack, "instances_data", { mode: "ReplicaSet" }),
};
for (const [name, { id, records, summary, total, complete, digest }] of Object.entries(readings)) {
  new TerraformOutput(stack, name, {
    value: Fn.jsonencode({ id, records, summary, total, complete, digest }),
  });
}
app.synth();
