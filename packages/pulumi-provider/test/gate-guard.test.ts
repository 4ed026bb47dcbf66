import { type Emulator, sample, startEmulator } from "@auditgate/emulator";
import { CLOSED, failNewestDump, type GateStack, gateStack, runOf } from "./gate-stack.ts";
import { type Scratch, scratch } from "./stack.ts";

jest.setTimeout(180_000);

const clusterId = sample.clusters.healthy;

let emulator: Emulator;
let at: Scratch;
let gated: GateStack;

beforeAll(async () => {
  emulator = await startEmulator();
  at = scratch();
  gated = await gateStack(at, emulator, {
    config: { clusterId: { value: clusterId } },
    program: `
      class Platform extends pulumi.ComponentResource {
        constructor(name, opts) {
          super("test:index:Platform", name, {}, opts);
          new Deployment(name + "-part", { parent: this });
        }
      }
      const wanted = config.require("clusterId");
      const cluster = new Deployment("cluster", {}, { clusterId: wanted });
      const owner = new Platform("owner");
      const rules = { clusterIds: [cluster.clusterId], maxFailures: 0 };
      const gate = new auditgate.AuditGate("gate", { dwsAuditDumpRecords: [rules] }, { dependsOn: owner });
      auditgate.guardStack(gate);
      const first = new Deployment("first");
      new Deployment("second", { dependsOn: pulumi.output([first]) });
      const platform = new Platform("platform");
      new Deployment("third", { dependsOn: Promise.resolve(platform) });
      new Deployment("late-part", { parent: owner });
      new auditgate.DwsAuditDumpRecords("dumps", { clusterId: wanted });
      export const { passed } = gate;`,
  });
});

afterAll(async () => {
  await emulator.close();
  at.remove();
});

beforeEach(() => emulator.reset());

const needed = ["cluster", "late-part", "owner-part"];
const guarded = ["first", "platform-part", "second", "third"];

/** What was created, updated or deleted since the last time, in no particular order. */
function touched(): readonly string[] {
  return gated.traces().toSorted();
}

const each = (verb: string, names: readonly string[], version: number) =>
  names.map((name) => `${verb} ${name} ${version}`).toSorted();

test("closed from the start, the gate lets only that be created which it needs itself", async () => {
  failNewestDump(emulator);
  const { code, diagnostics } = await runOf((on) => gated.stack.up(on));
  expect(diagnostics).toMatch(CLOSED);
  expect(diagnostics).not.toMatch(/^ +at |node_modules|unhandled|warning/m);
  expect(code).toBe(1);
  expect(touched()).toEqual(each("create", needed, 1));
});

test("open, it lets all be created, in components and beside other dependencies too", async () => {
  const { outputs } = await gated.stack.up();
  expect(outputs["passed"]?.value).toBe(true);
  expect(touched()).toEqual(each("create", guarded, 1));
  await gated.stack.up({ expectNoChanges: true });
});

test("closed, it lets nothing of all that be changed, by its name neither", async () => {
  await gated.configure({ version: "2" });
  failNewestDump(emulator);
  for (const run of [
    await runOf((on) => gated.stack.preview(on)),
    await runOf((on) => gated.stack.up({ ...on, target: guarded.map((name) => `**::${name}`) })),
    await runOf((on) => gated.stack.up({ ...on, target: needed.map((name) => `**::${name}`) })),
    await runOf((on) => gated.stack.up(on)),
  ]) {
    expect(run.diagnostics).toMatch(CLOSED);
    expect(run.code).toBe(1);
  }
  expect(touched()).toEqual(each("update", needed, 2));
});

test("what it guards can be destroyed", async () => {
  failNewestDump(emulator);
  await gated.stack.destroy();
  expect(touched()).toEqual([...each("delete", guarded, 1), ...each("delete", needed, 2)].toSorted());
});

test("what was there before the gate is named in a warning; two gates have to be open both", async () => {
  const { stack, traces } = await gateStack(at, emulator, {
    name: "two",
    config: {
      policy: {
        value: JSON.stringify({ dwsAuditDumpRecords: [{ clusterIds: [clusterId], maxFailures: 0 }] }),
      },
      other: { value: sample.clusters.failedDump },
    },
    program: `
      import { existsSync } from "node:fs";
      import { setTimeout as wait } from "node:timers/promises";
      new Deployment("earlier");
      auditgate.guardStack(new auditgate.AuditGate("open", policy));
      // A gate that closes ends the run, and with it what has not begun.
      const begun = async () => {
        while (!existsSync(config.require("log"))) await wait(50);
      };
      const clusterIds = pulumi.output(begun()).apply(() => [config.require("other")]);
      auditgate.guardStack(new auditgate.AuditGate("closed", { dwsAuditDumpRecords: [{ clusterIds, maxFailures: 0 }] }));
      new Deployment("guarded");`,
  });
  const { code, diagnostics } = await runOf((on) => stack.up(on));
  expect(code).toBe(1);
  expect(diagnostics).toMatch(CLOSED);
  expect(diagnostics.match(/guardStack does not hold back .* before it: earlier\./g)).toHaveLength(2);
  expect(traces()).toEqual(["create earlier 1"]);
});

test("a gate whose policy is a promise guards the stack all the same", async () => {
  const { stack, traces } = await gateStack(at, emulator, {
    name: "promised",
    program: `
      const later = (value) => new Promise((settle) => setTimeout(settle, 50, value));
      const clusterIds = later([${JSON.stringify(clusterId)}]);
      const gate = new auditgate.AuditGate("gate", { dwsAuditDumpRecords: later([{ clusterIds, maxFailures: 0 }]) });
      auditgate.guardStack(gate);
      new Deployment("guarded");`,
  });
  failNewestDump(emulator);
  const { code, diagnostics } = await runOf((on) => stack.up(on));
  expect(code).toBe(1);
  expect(diagnostics).toMatch(CLOSED);
  expect(traces()).toEqual([]);
  await emulator.reset();
  await stack.up();
  expect(traces()).toEqual(["create guarded 1"]);
});

test("what is no gate is refused in one line", async () => {
  const { stack } = await gateStack(at, emulator, {
    name: "none",
    program: `auditgate.guardStack(new Deployment("not-a-gate"));`,
  });
  const { code, diagnostics } = await runOf((on) => stack.preview(on));
  expect(code).toBe(1);
  expect(diagnostics).toContain("error: guardStack needs an AuditGate of @auditgate/pulumi-provider.");
  expect(diagnostics).not.toMatch(/^ +at |node_modules/m);
});
