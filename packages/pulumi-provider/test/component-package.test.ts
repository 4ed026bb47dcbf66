import { appendFileSync, copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Emulator, sample, startEmulator } from "@auditgate/emulator";
import { CLOSED, failNewestDump, type GateStack, gateStack, runOf } from "./gate-stack.ts";
import { type Scratch, scratch } from "./stack.ts";

jest.setTimeout(180_000);

const clusterId = sample.clusters.healthy;

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

afterEach(() => emulator.reset());

// A component as a generated SDK has it: what it consists of is made by the package's process.
const PRELUDE = `
class Platform extends pulumi.ComponentResource {
  constructor(name, opts, inputs = {}) {
    const version = config.get("version") ?? "1";
    const all = { version, log: config.require("log"), ...inputs };
    super("platform:index:Platform", name, all, { version: "1.0.0", ...opts }, true);
  }
}
const clusterId = "${clusterId}";
const rules = { clusterIds: [clusterId], maxFailures: 0 };
`;

/** A stack whose project has the package, as \`pulumi package add ./platform\` enters it. */
async function stackWithPackage(name: string, program: string): Promise<GateStack> {
  const gated = await gateStack(at, emulator, { name, program: PRELUDE + program });
  const project = gated.stack.workspace.workDir;
  const folder = join(project, "platform");
  mkdirSync(folder);
  copyFileSync(join(__dirname, "component-package.mjs"), join(folder, "main.mjs"));
  const start = `#!/bin/sh\nexec "${process.execPath}" "$(dirname "$0")/main.mjs" "$@"\n`;
  writeFileSync(join(folder, "pulumi-resource-platform"), start, { mode: 0o755 });
  const plugins = "plugins:\n  providers:\n    - name: platform\n      path: ./platform\n";
  appendFileSync(join(project, "Pulumi.yaml"), plugins);
  return gated;
}

/** What stands in the state of the packages' components, with its version. */
async function parts({ stack }: GateStack): Promise<readonly string[]> {
  const { deployment } = await stack.exportStack();
  const resources: readonly { urn: string; type: string; inputs?: { input?: string } }[] =
    deployment.resources ?? [];
  return resources
    .filter(({ type }) => type === "pulumi:index:Stash")
    .map(({ urn, inputs }) => `${urn.split("::").at(-1)} ${inputs?.input}`)
    .toSorted();
}

describe.each([
  ["dependsOn", `new Platform("platform", { dependsOn: gate });`],
  ["guardStack", `auditgate.guardStack(gate); new Platform("platform");`],
])("a packaged component behind a gate, by %s,", (name, guarded) => {
  let gated: GateStack;

  beforeAll(async () => {
    const program = `
      const owner = new Platform("owner");
      const gate = new auditgate.AuditGate("gate", { dwsAuditDumpRecords: [rules] }, { dependsOn: owner });
      ${guarded}`;
    gated = await stackWithPackage(name, program);
  });

  test("is not begun while the gate is closed, but what the gate itself needs is", async () => {
    failNewestDump(emulator);
    for (const run of [
      await runOf((on) => gated.stack.preview(on)),
      await runOf((on) => gated.stack.up(on)),
    ]) {
      expect(run.diagnostics).toMatch(CLOSED);
      expect(run.code).not.toBe(0);
    }
    expect(new Set(gated.traces())).toEqual(new Set(["construct owner 1"]));
    expect(await parts(gated)).toEqual(["owner-part 1"]);
  });

  test("is made while it is open, and neither changed nor deleted when it closes again", async () => {
    await gated.stack.up();
    expect(await parts(gated)).toEqual(["owner-part 1", "platform-part 1"]);
    gated.traces();
    await gated.configure({ version: "2" });
    failNewestDump(emulator);
    for (const options of [
      {},
      { continueOnError: true },
      { target: ["**::platform", "**::platform-part"] },
    ]) {
      const run = await runOf((on) => gated.stack.up({ ...on, ...options }));
      expect(run.diagnostics).toMatch(CLOSED);
      expect(await parts(gated)).toEqual(["owner-part 2", "platform-part 1"]);
    }
    expect(gated.traces().join("\n")).not.toContain("construct platform");
  });
});

test("a gate in the package holds back what depends on it there", async () => {
  const gated = await stackWithPackage(
    "within",
    `new Platform("platform", {}, { gate: "dependsOn", clusterId });`,
  );
  failNewestDump(emulator);
  for (const run of [await runOf((on) => gated.stack.preview(on)), await runOf((on) => gated.stack.up(on))]) {
    expect(run.diagnostics).toMatch(CLOSED);
    expect(run.code).not.toBe(0);
  }
  expect(await parts(gated)).toEqual([]);
  await emulator.reset();
  await gated.stack.up();
  await gated.configure({ version: "2" });
  failNewestDump(emulator);
  const { diagnostics } = await runOf((on) => gated.stack.up({ ...on, continueOnError: true }));
  expect(diagnostics).toMatch(CLOSED);
  expect(await parts(gated)).toEqual(["platform-part 1"]);
});

test("guardStack in the package, which has no stack, is refused, and makes nothing", async () => {
  const gated = await stackWithPackage(
    "blind",
    `new Platform("platform", {}, { gate: "guardStack", clusterId });`,
  );
  const { code, diagnostics } = await runOf((on) => gated.stack.up(on));
  expect(code).not.toBe(0);
  expect(diagnostics).toContain("guardStack sees no stack from within a packaged component");
  expect(await parts(gated)).toEqual([]);
});

test("a packaged component that was there before guardStack is named in a warning", async () => {
  const gated = await stackWithPackage(
    "earlier",
    `new Platform("platform");
    auditgate.guardStack(new auditgate.AuditGate("gate", { dwsAuditDumpRecords: [rules] }));`,
  );
  const { diagnostics } = await runOf((on) => gated.stack.preview(on));
  expect(diagnostics).toContain("guardStack does not hold back what the program made before it: platform.");
});
