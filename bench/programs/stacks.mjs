/** Synthesizes as many stacks as it is told into a folder, each with a gate if it is told so, and says what was written. */
import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { App, DataResource, TerraformStack } from "cdktf";

const [count, outdir, gated] = process.argv.slice(2);
const started = performance.now();
const { AuditGate, AuditgateProvider } = gated ? await import("@auditgate/cdktf-constructs") : {};
const clusterIds = ["a0d17a7e-c001-4000-8000-000000000001"];
const app = new App({ outdir });
for (let number = 0; number < Number(count); number++) {
  const stack = new TerraformStack(app, `stack-${number}`);
  new DataResource(stack, "release");
  if (!gated) continue;
  new AuditgateProvider(stack, "auditgate");
  new AuditGate(stack, "gate", { dwsAuditDumpRecords: [{ clusterIds, maxFailures: 0 }] }).guardStack();
}
app.synth();
const ms = performance.now() - started;

// As a disk counts: what has several names is there once.
const files = new Map();
for (const name of readdirSync(outdir, { recursive: true })) {
  const { ino, blocks } = statSync(join(outdir, name));
  files.set(ino, blocks * 512);
}
const bytes = [...files.values()].reduce((sum, each) => sum + each, 0);
console.log(JSON.stringify({ ms, MB: bytes / 1e6 }));
