import { execFile } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, realpathSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { type Emulator, sample, startEmulator } from "@auditgate/emulator";
import { runOf } from "./gate-stack.ts";
import { packageFolder } from "./package.ts";
import { programStack, projectFolder, type Scratch, scratch } from "./stack.ts";
import { runWithoutWorkDir } from "./without-work-dir.ts";

jest.setTimeout(300_000);

const run = promisify(execFile);
const clusterId = JSON.stringify(sample.clusters.healthy);

let emulator: Emulator;
let at: Scratch;

beforeAll(async () => {
  emulator = await startEmulator();
  at = scratch();
});

afterAll(async () => {
  await emulator.close();
  at.remove();
});

test("a refresh that cannot find the package says once which dependency to add where", async () => {
  const stack = await programStack(at, {
    name: "lost",
    // What started this suite may have set it.
    env: { ...emulator.env, NODE_PATH: "" },
    files: {
      "index.mjs": `import { DwsAuditDumpRecords } from "@auditgate/pulumi-provider";
        new DwsAuditDumpRecords("dumps", { clusterId: ${clusterId} });`,
    },
  });
  await stack.up();
  const folder = projectFolder(at, "project-lost");
  rmSync(join(folder, "node_modules/@auditgate"), { recursive: true });
  const { code, diagnostics } = await runOf((on) => stack.refresh(on));
  expect(code).toBeGreaterThan(0);
  expect(diagnostics.match(/@auditgate\/pulumi-provider is not found from/g)).toHaveLength(1);
  expect(diagnostics).toContain(
    `error: @auditgate/pulumi-provider is not found from ${folder}: add it to the dependencies in the package.json of the program's folder`,
  );
});

test("two copies of the package work together: resources, checks, guards and gates of each other", async () => {
  const folder = projectFolder(at, "project-copies");
  const copy = join(folder, "copy");
  mkdirSync(join(copy, "node_modules/@pulumi"), { recursive: true });
  for (const each of ["dist", "package.json"]) {
    cpSync(join(packageFolder, each), join(copy, each), { recursive: true });
  }
  for (const name of ["@auditgate/core", "@pulumi/pulumi"]) {
    const link = join(copy, "node_modules", name);
    mkdirSync(join(link, ".."), { recursive: true });
    await run("ln", ["-sfn", join(packageFolder, "node_modules", name), link]);
  }
  const stack = await programStack(at, {
    name: "copies",
    env: { ...emulator.env, AUDITGATE_REGION: "" },
    files: {
      "index.mjs": `import * as pulumi from "@pulumi/pulumi";
        import * as one from "@auditgate/pulumi-provider";
        import * as two from "./copy/dist/index.js";
        const provider = new two.Provider("p", { region: ${JSON.stringify(sample.region)} });
        const changes = new two.DwsParameterModificationRecords("changes", { clusterId: ${clusterId} }, { provider });
        const calm = one.gateCheck("calm", changes, ({ summary }) => summary.count < 10);
        const gate = new two.AuditGate("gate", { checks: [calm] }, { providers: [provider] });
        one.guardStack(gate);
        one.guardStack(new one.AuditGate("other", { dwsAuditDumpRecords: [{ clusterIds: [${clusterId}], maxFailures: 0 }] }, { providers: [provider] }));
        new pulumi.Stash("guarded", { input: 1 });`,
    },
  });
  const { diagnostics } = await runOf((on) => stack.up(on));
  expect(diagnostics).toMatch(/error: The gate is closed: 1 violation\n[^]*calm: parameter modifications/);
  const { deployment } = await stack.exportStack();
  expect(JSON.stringify(deployment)).not.toContain("::guarded");
});

test("two copies of Pulumi's SDK, one of the program and one of the package: gates, guards, checks and resources work", async () => {
  const folder = projectFolder(at, "project-sdks");
  const own = join(packageFolder, "node_modules/@pulumi/pulumi");
  const beside = join(realpathSync(own), "../..");
  const nested = join(folder, "nested/node_modules");
  mkdirSync(join(nested, "@pulumi"), { recursive: true });
  // What the copy needs itself is found beside it.
  for (const name of readdirSync(beside)) {
    if (name !== "@pulumi") symlinkSync(join(beside, name), join(nested, name));
  }
  cpSync(realpathSync(own), join(nested, "@pulumi/pulumi"), { recursive: true });
  const copy = join(nested, "@auditgate/pulumi-provider");
  for (const each of ["dist", "package.json"]) {
    cpSync(join(packageFolder, each), join(copy, each), { recursive: true });
  }
  symlinkSync(
    realpathSync(join(packageFolder, "node_modules/@auditgate/core")),
    join(nested, "@auditgate/core"),
  );
  const stack = await programStack(at, {
    name: "sdks",
    env: emulator.env,
    config: { most: { value: "9999" } },
    files: {
      "index.mjs": `import * as pulumi from "@pulumi/pulumi";
        import * as auditgate from "./nested/node_modules/@auditgate/pulumi-provider/dist/index.js";
        const clusterId = ${clusterId};
        const most = new pulumi.Config().requireNumber("most");
        const dumps = new auditgate.DwsAuditDumpRecords("dumps", { clusterId: pulumi.output(clusterId) });
        const few = auditgate.gateCheck("few", dumps, ({ records }) => records.length <= most);
        const gate = new auditgate.AuditGate("gate", {
          dwsAuditDumpRecords: [{ clusterIds: [clusterId], maxFailures: 0 }],
          checks: [few],
        });
        auditgate.guardStack(gate);
        new pulumi.Stash("guarded", { input: dumps.summary.count });`,
    },
  });
  await stack.up();
  const { deployment } = await stack.exportStack();
  expect(JSON.stringify(deployment)).toMatch(/::guarded".*336/);
  await stack.setAllConfig({ most: { value: "3" } });
  const { diagnostics } = await runOf((on) => stack.up(on));
  expect(diagnostics).toMatch(/error: The gate is closed: 1 violation\n[^]*few: audit-log dumps/);
});

// Pulumi looks for its own plugin of dynamic resources from the workspace's folder too, an empty one then.
test("a program of the Automation API without workDir: gates and functions as they are, resources with NODE_PATH", async () => {
  const folder = projectFolder(at, "automation");
  for (const resources of [false, true]) {
    const { total, upped } = await runWithoutWorkDir(folder, { at, env: emulator.env, resources });
    expect([total, upped]).toEqual([336, resources ? { same: 3 } : { create: 3 }]);
  }
});
