import type { Manifest } from "./pack.ts";

/** A user's program: every entry point is imported, and each package does what it is for. TypeScript for either kind of module. */
export function program(manifests: readonly Manifest[]): string {
  const entries = manifests.flatMap(({ name, exports = {} }) =>
    Object.keys(exports)
      .filter((path) => !path.endsWith(".json"))
      .map((path) => `${name}${path.slice(1)}`),
  );
  const imports = entries.map((entry, index) => `import * as entry${index} from "${entry}";`);
  return `${imports.join("\n")}
${USE}
for (const entry of [${entries.map((_, index) => `entry${index}`).join(", ")}])
  assert.ok(Object.keys(entry).length > 0);
main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
`;
}

const USE = `import assert from "node:assert/strict";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AuditgateProvider, DataAuditgateDwsAuditDumpRecords } from "@auditgate/cdktf-constructs";
import * as terrain from "@auditgate/cdktn-constructs";
import { AuditError, createClient, dwsAuditDumpRecords, read } from "@auditgate/core";
import { sample, startEmulator } from "@auditgate/emulator";
import { DwsAuditDumpRecords, getDwsAuditDumpRecords } from "@auditgate/pulumi-provider";
import { placeProvider, providerPackage } from "@auditgate/terraform-provider/package";
import { providerSchema } from "@auditgate/terraform-provider/schema";
import { App, TerraformStack } from "cdktf";
import * as cdktn from "cdktn";

async function main(): Promise<void> {
  const clusterId = sample.clusters.failedDump;
  const scratch = mkdtempSync(join(tmpdir(), "consumer-"));
  const emulator = await startEmulator();
  Object.assign(process.env, emulator.env);
  const client = createClient({});
  try {
    const reading = await read(client, dwsAuditDumpRecords, { clusterId });
    const failed: number = reading.summary.failed;
    const reason: string | null | undefined = reading.records[0]?.failedReason;
    assert.equal(failed, 1, String(reason));
    // @ts-expect-error The argument is called clusterId.
    await assert.rejects(read(client, dwsAuditDumpRecords, { cluster: clusterId }), AuditError.is);

    const { records } = await getDwsAuditDumpRecords({ clusterId });
    assert.equal(records.length, reading.records.length);
    assert.equal(typeof DwsAuditDumpRecords, "function");

    const app = new App({ outdir: join(scratch, "cdktf.out") });
    const stack = new TerraformStack(app, "audit");
    new AuditgateProvider(stack, "auditgate", {});
    const dumps = new DataAuditgateDwsAuditDumpRecords(stack, "dumps", { clusterId });
    const result: string = dumps.records.get(0).result;
    assert.match(result, /TfToken/);
    app.synth();
    assert.ok(existsSync(join(scratch, "cdktf.out", "stacks", "audit", "terraform.d")));

    const other = new cdktn.App({ outdir: join(scratch, "cdktn.out") });
    const gated = new cdktn.TerraformStack(other, "gated");
    new terrain.AuditgateProvider(gated, "auditgate", {});
    const policy = { dwsAuditDumpRecords: [{ clusterIds: [clusterId], maxFailures: 0 }] };
    const gate = new terrain.AuditGate(gated, "gate", { ...policy, savedPlans: true }).guardStack();
    const digest: string = gate.evidenceDigest;
    assert.match(digest, /TfToken/);
    other.synth();
    assert.ok(existsSync(join(scratch, "cdktn.out", "stacks", "gated", "terraform.d")));

    assert.ok("auditgate_dws_audit_dump_records" in providerSchema.dataSources);
    placeProvider(scratch, { engine: "terraform", platforms: providerPackage.platforms.slice(0, 1) });
    assert.ok(existsSync(join(scratch, ".terraform.lock.hcl")));
    console.log(\`\${reading.records.length} records on Node.js \${process.version}\`);
  } finally {
    await client.close();
    await emulator.close();
    rmSync(scratch, { recursive: true });
  }
}
`;

/** A CommonJS program that loads each package's dependencies, and looks at the scripts of all that is installed with it. */
export function dependencyCheck(names: readonly string[]): string {
  return `const { existsSync, readFileSync, realpathSync } = require("node:fs");
const { createRequire } = require("node:module");
const { join } = require("node:path");

const seen = new Set();
const scripts = [];
let loaded = 0;

function visit(name, from, isDirect) {
  const require = createRequire(from);
  const link = require.resolve.paths(name).map((path) => join(path, name)).find((path) => existsSync(path));
  if (!link) throw new Error(name + " is not installed for " + from);
  // pnpm links to where a package has its dependencies beside it.
  const folder = realpathSync(link);
  const file = join(folder, "package.json");
  if (isDirect) {
    require(name);
    loaded++;
  }
  if (seen.has(file)) return;
  seen.add(file);
  const manifest = JSON.parse(readFileSync(file, "utf8"));
  const isOurs = ours.includes(name);
  // A binding.gyp is built at installation, without any script.
  if (existsSync(join(folder, "binding.gyp"))) scripts.push(name + ": binding.gyp");
  for (const script of ["preinstall", "install", "postinstall"])
    if (manifest.scripts?.[script]) scripts.push(name + ": " + script);
  for (const dependency of Object.keys(manifest.dependencies ?? {}))
    visit(dependency, file, isOurs && !ours.includes(dependency));
}

const ours = ${JSON.stringify(names)};
for (const name of ours) visit(name, join(__dirname, "package.json"), false);
if (scripts.length > 0) throw new Error("run at installation: " + scripts.join(", "));
console.log(loaded + " loaded, " + seen.size + " packages without scripts");
`;
}
