/** Audit data of one DWS cluster and one DDS instance as outputs of a stack. */
import {
  AuditgateProvider,
  DataAuditgateDdsAuditLogs,
  DataAuditgateDwsAuditDumpRecords,
  DataAuditgateDwsParameterModificationRecords,
} from "@auditgate/cdktf-constructs";
import { App, type ComplexList, Fn, TerraformOutput, TerraformStack, TerraformVariable, Token } from "cdktf";
import type { Construct } from "constructs";

class AuditOutputs extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    // Credentials, region and endpoints come from the environment, a profile or clouds.yaml.
    new AuditgateProvider(this, "auditgate");

    const clusterId = this.variable("cluster_id", "ID of the DWS cluster.", process.env["DWS_CLUSTER_ID"]);
    const instanceId = this.variable(
      "instance_id",
      "ID of the DDS instance.",
      process.env["DDS_INSTANCE_ID"],
    );
    const last = this.variable("last", "How far to look back for audit logs.", "7d");

    const dumps = new DataAuditgateDwsAuditDumpRecords(this, "dumps", { clusterId });
    const changes = new DataAuditgateDwsParameterModificationRecords(this, "changes", { clusterId });
    const logs = new DataAuditgateDdsAuditLogs(this, "logs", { instanceId, last });

    this.output(
      "headline",
      `${dumps.summary.failed} of ${dumps.summary.count} dumps failed, ` +
        `${changes.summary.pending} of ${changes.summary.count} parameter changes are pending, ` +
        `${logs.summary.count} audit logs on ${Fn.lengthOf(logs.summary.byNode)} nodes`,
    );
    this.output("complete", Fn.alltrue([dumps.complete, changes.complete, logs.complete]));

    // A summary is about all records.
    this.output("dump_summary", dumps.summary);
    this.output("first_dumps", first(5, dumps.records));
    this.output("change_summary", changes.summary);
    this.output("first_changes", first(5, changes.records));
    this.output("log_window", logs.window);
    this.output("log_summary", logs.summary);
    this.output("first_logs", first(5, logs.records));
  }

  /** Set by `-var name=…` or `TF_VAR_name`, unless there is a default. */
  private variable(name: string, description: string, byDefault: string | undefined): string {
    const config = { type: "string", description, ...(byDefault && { default: byDefault }) };
    return new TerraformVariable(this, name, config).stringValue;
  }

  private output(name: string, value: unknown): void {
    new TerraformOutput(this, name, { value });
  }
}

function first(count: number, records: ComplexList): unknown {
  return Fn.slice(Token.asList(records), 0, Fn.min([count, Fn.lengthOf(records)]));
}

const app = new App();
new AuditOutputs(app, "audit-outputs");
app.synth();
