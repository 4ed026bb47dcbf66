/** A release that waits for the audit trail to be in order. */
import {
  AuditgateProvider,
  DataAuditgateDdsAuditLogs,
  DataAuditgateDwsAuditDumpRecords,
  DataAuditgateDwsParameterModificationRecords,
} from "@auditgate/cdktf-constructs";
import { App, DataResource, Op, TerraformStack, TerraformVariable } from "cdktf";
import type { Construct } from "constructs";

class Release extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new AuditgateProvider(this, "auditgate");

    const clusterId = this.variable("cluster_id", "ID of the DWS cluster.", process.env["DWS_CLUSTER_ID"]);
    const instanceId = this.variable(
      "instance_id",
      "ID of the DDS instance.",
      process.env["DDS_INSTANCE_ID"],
    );
    const nodeIds = new TerraformVariable(this, "node_ids", {
      type: "list(string)",
      description: "IDs of the DDS nodes that must have written audit logs in the last day.",
      ...(process.env["DDS_NODE_IDS"] && { default: process.env["DDS_NODE_IDS"].split(",") }),
    });

    const dumps = new DataAuditgateDwsAuditDumpRecords(this, "dumps", { clusterId });
    dumps.expectNoFailedDumps();
    dumps.expectSuccessfulDump();

    const changes = new DataAuditgateDwsParameterModificationRecords(this, "changes", { clusterId });
    changes.expectNoFailedChanges();
    changes.expectNoPendingChanges();

    const logs = new DataAuditgateDdsAuditLogs(this, "logs", { instanceId, last: "1d" });
    logs.expectComplete();
    logs.expectLogsFromNodes(nodeIds.listValue);

    // Any other rule, in terms of what was read.
    const { running, count } = dumps.summary;
    dumps.expect(Op.lte(running, 1), `${running} of ${count} dumps are running at the same time.`);

    // Stands for what is to be deployed; whatever depends on the data sources is not touched while one is violated.
    new DataResource(this, "release", { dependsOn: [dumps, changes, logs], input: { version: "1.0.0" } });
  }

  /** Set by `-var name=…` or `TF_VAR_name`, unless there is a default. */
  private variable(name: string, description: string, byDefault: string | undefined): string {
    const config = { type: "string", description, ...(byDefault && { default: byDefault }) };
    return new TerraformVariable(this, name, config).stringValue;
  }
}

const app = new App();
new Release(app, "release");
app.synth();
