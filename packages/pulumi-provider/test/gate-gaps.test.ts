import { type Emulator, sample, startEmulator } from "@auditgate/emulator";
import { CLOSED, failNewestDump, gateStack, runOf } from "./gate-stack.ts";
import { type Scratch, scratch } from "./stack.ts";

jest.setTimeout(600_000);

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

beforeEach(() => emulator.reset());

// A component whose part is made in a later turn, as components with asynchronous constructors have it.
const LATE = `
  class Late extends pulumi.ComponentResource {
    constructor(name) {
      super("test:index:Late", name);
    }
    async initialize(_, __, name) {
      await new Promise((settle) => setTimeout(settle, 5));
      new Deployment("late-part", { parent: this });
    }
  }
  const late = new Late("late");
  const clusterIds = [${JSON.stringify(clusterId)}];`;

test("late parts of earlier components are held, later transformations drop no guard, and what was dropped stays", async () => {
  const { stack, traces, configure } = await gateStack(at, emulator, {
    name: "gaps",
    config: { names: { value: '["guarded"]' } },
    program: `${LATE}
      const gate = new auditgate.AuditGate("gate", { dwsAuditDumpRecords: [{ clusterIds, maxFailures: 0 }] });
      auditgate.guardStack(gate);
      pulumi.runtime.registerStackTransformation(({ props, opts }) => ({ props, opts: { ...opts, dependsOn: [] } }));
      for (const name of config.requireObject("names")) new Deployment(name);`,
  });
  failNewestDump(emulator);
  const first = await runOf((on) => stack.up(on));
  expect(first.diagnostics).toMatch(CLOSED);
  expect(first.diagnostics).not.toContain("warning");
  expect(traces()).toEqual([]);
  await emulator.reset();
  await stack.up();
  expect(traces().toSorted()).toEqual(["create guarded 1", "create late-part 1"]);
  await configure({ names: [] });
  failNewestDump(emulator);
  const dropped = await runOf((on) => stack.up({ ...on, continueOnError: true }));
  expect(dropped.code).toBeGreaterThan(0);
  expect(dropped.diagnostics).toMatch(CLOSED);
  expect(traces()).toEqual([]);
  const { deployment } = await stack.exportStack();
  expect(JSON.stringify(deployment)).toContain("::guarded");
});

test("late parts that a waiting gate could be waiting for are named in a warning, and nothing waits for ever", async () => {
  const { stack, traces } = await gateStack(at, emulator, {
    name: "waiting",
    program: `${LATE}
      const slow = new Deployment("slow", { dependsOn: late });
      const ids = slow.id.apply(() => clusterIds);
      auditgate.guardStack(new auditgate.AuditGate("gate", { dwsAuditDumpRecords: [{ clusterIds: ids, maxFailures: 0 }] }));
      new Deployment("guarded");`,
  });
  failNewestDump(emulator);
  const run = await runOf((on) => stack.up(on));
  expect(run.diagnostics).toMatch(CLOSED);
  expect(run.diagnostics).toMatch(/warning: guardStack does not hold back .* before it: late-part\./);
  expect(traces().toSorted()).toEqual(["create late-part 1", "create slow 1"]);
});

test("up --target fails while the gate's arguments are not known, before anything is asked", async () => {
  const { stack, traces } = await gateStack(at, emulator, {
    name: "target",
    program: `
      const fresh = new Deployment("fresh");
      const clusterIds = fresh.id.apply(() => [${JSON.stringify(clusterId)}]);
      auditgate.guardStack(new auditgate.AuditGate("gate", { dwsAuditDumpRecords: [{ clusterIds, maxFailures: 0 }] }));
      new Deployment("guarded");`,
  });
  const before = emulator.requests.length;
  const run = await runOf((on) => stack.up({ ...on, target: ["**::guarded"] }));
  expect(run.code).toBeGreaterThan(0);
  expect(run.diagnostics).toContain(
    "error: The gate cannot be judged: what its arguments come from is not known in this update: fresh. Where --target or --exclude leave it out, take it in.",
  );
  expect(traces()).toEqual([]);
  expect(emulator.requests).toHaveLength(before);
  const { deployment } = await stack.exportStack();
  expect(JSON.stringify(deployment)).not.toContain("::guarded");
});

const REPLACED = `
  class Cluster extends pulumi.dynamic.Resource {
    constructor(name, inputs, opts) {
      const version = config.get("version") ?? "1";
      super(
        {
          async diff(id, old, now) {
            const replaces = ["version", "on"].filter((each) => old[each] !== now[each]);
            return { changes: replaces.length > 0, replaces, deleteBeforeReplace: true };
          },
          async create(given) {
            await trace("create " + given.name, given);
            return { id: given.name + given.version, outs: given };
          },
          async delete(id, given) {
            await trace("delete " + given.name, given);
          },
        },
        name,
        { name, log: config.require("log"), version, ...inputs },
        opts,
        "test",
        "Cluster",
      );
    }
  }`;

async function replaced(name: string, gate: string) {
  const made = await gateStack(at, emulator, { name, program: REPLACED + gate });
  await made.stack.up();
  expect(made.traces()).toEqual(["create cluster", "create service"]);
  await made.configure({ version: "2" });
  failNewestDump(emulator);
  const preview = await runOf((on) => made.stack.preview(on));
  const up = await runOf((on) => made.stack.up(on));
  expect(up.diagnostics).toMatch(CLOSED);
  return { preview, deleted: made.traces() };
}

test("what hangs on something that the gate needs is deleted before the gate is judged, as a warning of the preview says", async () => {
  const { preview, deleted } = await replaced(
    "replaced",
    `const cluster = new Cluster("cluster", {});
     const clusterIds = cluster.id.apply(() => [${JSON.stringify(clusterId)}]);
     auditgate.guardStack(new auditgate.AuditGate("gate", { dwsAuditDumpRecords: [{ clusterIds, maxFailures: 0 }] }));
     new Cluster("service", { on: cluster.id });`,
  );
  expect(preview.code).toBe(0);
  expect(preview.diagnostics).toContain(
    "warning: This preview does not judge the gate, for what its arguments come from is still to be created or replaced: cluster. " +
      "up judges it after that. What has to be deleted before such a replacement is deleted before the gate is judged.",
  );
  expect(deleted).toEqual(["delete service", "delete cluster", "create cluster"]);
});

test("with arguments from the configuration a closed gate holds back a replacement, and nothing is deleted", async () => {
  const { preview, deleted } = await replaced(
    "configured",
    `const clusterIds = [${JSON.stringify(clusterId)}];
     auditgate.guardStack(new auditgate.AuditGate("gate", { dwsAuditDumpRecords: [{ clusterIds, maxFailures: 0 }] }));
     const cluster = new Cluster("cluster", {});
     new Cluster("service", { on: cluster.id });`,
  );
  expect(preview.diagnostics).toMatch(CLOSED);
  expect(deleted).toEqual([]);
});
