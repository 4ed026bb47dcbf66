/** A release that waits for the audit trail to be in order. */
import { AuditGate, AuditgateProvider } from "@auditgate/cdktf-constructs";
import { App, DataResource, TerraformStack, TerraformVariable } from "cdktf";

const app = new App();
const stack = new TerraformStack(app, "release");
const clusterId = new TerraformVariable(stack, "cluster_id", { type: "string" });
const release = new TerraformVariable(stack, "release", { type: "string", default: "1.0.0" });

new AuditgateProvider(stack, "auditgate");
new AuditGate(stack, "gate", {
  dwsAuditDumpRecords: [{ clusterIds: [clusterId.stringValue], within: "7d", maxAge: "24h", maxFailures: 0 }],
}).guardStack();

// Stands for what is to be deployed. It writes each release to a file, so that one sees whether it was touched.
new DataResource(stack, "deployment", {
  triggersReplace: { release: release.stringValue },
  lifecycle: { createBeforeDestroy: true },
  provisioners: [{ type: "local-exec", command: 'echo "${self.triggers_replace.release}" >> deployed.txt' }],
});

app.synth();
