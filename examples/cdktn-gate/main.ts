/** A release under CDK Terrain that waits for the audit trail to be in order, also when its plan was saved before. */
import { AuditGate, AuditgateProvider, DataAuditgateDwsAuditDumpRecords } from "@auditgate/cdktn-constructs";
import { App, DataResource, LocalBackend, TerraformOutput, TerraformStack, TerraformVariable } from "cdktn";

const app = new App();
const stack = new TerraformStack(app, "release");
new LocalBackend(stack, { path: "terraform.tfstate" });
const clusterId = new TerraformVariable(stack, "cluster_id", { type: "string" }).stringValue;
const release = new TerraformVariable(stack, "release", { type: "string", default: "1.0.0" }).stringValue;

new AuditgateProvider(stack, "auditgate");
const dumps = new DataAuditgateDwsAuditDumpRecords(stack, "dumps", { clusterId });
dumps.expectComplete();
new TerraformOutput(stack, "count", { value: dumps.summary.count });

new AuditGate(stack, "gate", {
  dwsAuditDumpRecords: [{ clusterIds: [clusterId], within: "7d", maxAge: "24h", maxFailures: 0 }],
  savedPlans: true,
}).guardStack();

new DataResource(stack, "deployment", {
  triggersReplace: { release },
  lifecycle: { createBeforeDestroy: true },
  provisioners: [{ type: "local-exec", command: 'echo "${self.triggers_replace.release}" >> deployed.txt' }],
});

app.synth();
