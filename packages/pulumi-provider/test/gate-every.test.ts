import { type Emulator, type EmulatorData, type Fault, sample, startEmulator } from "@auditgate/emulator";
import { type GateStack, gateStack, runOf } from "./gate-stack.ts";
import { type Scratch, scratch } from "./stack.ts";

jest.setTimeout(600_000);

const { clusters, fleet } = sample;

/** A cluster that the sample does not have. */
const NEW = "a0d17a7e-c001-4000-8000-0000000000aa";

const EVERY = { dwsAuditDumpRecords: [{ clusterIds: ["*"], maxAge: "24h", maxFailures: 0 }] };
/** Every instance of a project whose list has two pages. */
const INSTANCES = {
  projectId: fleet.project.id,
  ddsAuditLogs: [{ instanceIds: ["*"], within: "1d", minLogs: 1 }],
};

const program = `
const gate = new auditgate.AuditGate("gate", policy);
auditgate.guardStack(gate);
new Deployment("guarded");
export const { passed, skipped } = gate;`;

let emulator: Emulator;
let at: Scratch;
let made: GateStack;

beforeAll(async () => {
  emulator = await startEmulator();
  at = scratch();
  made = await gateStack(at, emulator, { program });
});
beforeEach(() => emulator.update(onlyHealthy));
afterEach(() => emulator.reset());
afterAll(async () => {
  await emulator.close();
  at.remove();
});

/** Only what is in order stays in the project. */
function onlyHealthy(data: EmulatorData): void {
  data.clusters = data.clusters.filter(
    ({ id, projectId }) => projectId !== sample.project.id || id === clusters.healthy,
  );
}

/** A cluster appears in the project, which has no audit trail. */
function appear(data: EmulatorData, status = "ACTIVE"): void {
  data.clusters.unshift({
    id: NEW,
    name: "nobody-told-the-policy",
    projectId: sample.project.id,
    info: { status },
    dumps: [],
    parameterChanges: [],
  });
}

test.each<[string, object, Fault, RegExp]>([
  ["fails", EVERY, { on: "clusters", status: 500 }, /readable: .*ERR_SERVER/s],
  [
    "is forbidden",
    EVERY,
    { on: "clusters", status: 403, code: "APIGW.0302" },
    /ERR_FORBIDDEN.*Grant the action dws:cluster:list\./s,
  ],
  ["is empty", EVERY, { on: "clusters", pages: "empty", total: { value: 0 } }, /subjects: .*DWS clusters/s],
  ["is not complete", EVERY, { on: "clusters", total: { add: 1 } }, /complete: .*total-mismatch/s],
  ["repeats a page", INSTANCES, { on: "instances", nth: 2, pages: "repeat" }, /complete: .*DDS instances/s],
])("a gate over every cluster stays closed where the list %s", async (_, policy, fault, words) => {
  await made.configure({ policy });
  emulator.inject(fault);
  const run = await runOf((on) => made.stack.up(on));
  expect(run.code).toBeGreaterThan(0);
  expect(run.diagnostics).toMatch(/error: The gate is closed: /);
  expect(run.diagnostics).toMatch(words);
  expect(made.traces()).toEqual([]);
});

test("a cluster that appears between two previews closes the second, until it is excepted by name", async () => {
  await made.configure({ policy: EVERY, version: "1" });
  expect(await runOf((on) => made.stack.preview(on))).toMatchObject({ code: 0 });
  await made.stack.up();
  expect(made.traces()).toEqual(["create guarded 1"]);
  emulator.update((data) => appear(data));
  await made.configure({ version: "2" });
  const closed = await runOf((on) => made.stack.preview(on));
  expect(closed.diagnostics).toContain(
    "error: Preview failed: The gate is closed: 1 violation, of all 2 DWS clusters that this identity may see\n",
  );
  expect(closed.diagnostics).toContain(`maxAge: audit-log dumps of DWS cluster ${NEW}\n`);
  const [rules] = EVERY.dwsAuditDumpRecords;
  await made.configure({ policy: { dwsAuditDumpRecords: [{ ...rules, except: [NEW] }] } });
  await made.stack.up();
  expect(made.traces()).toEqual(["update guarded 2"]);
});

test("a cluster that has no audit trail yet is given out as skipped", async () => {
  await made.configure({ policy: EVERY });
  emulator.update((data) => appear(data, "CREATING"));
  const { outputs } = await runOf((on) => made.stack.up(on));
  expect(outputs).toMatchObject({
    passed: { value: true },
    skipped: { value: [{ query: "dws_clusters", subject: NEW, status: "CREATING" }] },
  });
});
