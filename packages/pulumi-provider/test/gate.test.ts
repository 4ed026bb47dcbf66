import { type Emulator, sample, startEmulator } from "@auditgate/emulator";
import { CLOSED, failNewestDump, type GateStack, gateStack, runOf } from "./gate-stack.ts";
import { FAILED, type Scratch, scratch } from "./stack.ts";

jest.setTimeout(180_000);

const clusterIds = [sample.clusters.healthy];
const mandatory = { dwsAuditDumpRecords: [{ clusterIds, maxFailures: 0, maxAge: "24h" }] };
const advisory = { ...mandatory, enforcement: "advisory" };

let emulator: Emulator;
let at: Scratch;
let stack: GateStack["stack"];
let traces: GateStack["traces"];
let configure: GateStack["configure"];

beforeAll(async () => {
  emulator = await startEmulator();
  at = scratch();
  ({ stack, traces, configure } = await gateStack(at, emulator, {
    program: `
      const gate = new auditgate.AuditGate("gate", policy);
      new Deployment("guarded", { dependsOn: gate });
      const { passed, violations, evidenceDigest } = gate;
      export { passed, violations, evidenceDigest };`,
  }));
});

afterAll(async () => {
  await emulator.close();
  at.remove();
});

beforeEach(async () => {
  await configure({ policy: mandatory });
  await emulator.reset();
});

interface Resource {
  readonly urn: string;
  readonly type: string;
  readonly outputs: { readonly [name: string]: unknown };
}

async function resources(): Promise<readonly Resource[]> {
  return (await stack.exportStack()).deployment.resources ?? [];
}

test("violated from the start, it lets nothing be created, whatever the flags", async () => {
  failNewestDump(emulator);
  for (const run of [
    await runOf((on) => stack.preview(on)),
    await runOf((on) => stack.up(on)),
    await runOf((on) => stack.up({ ...on, continueOnError: true })),
    await runOf((on) => stack.up({ ...on, target: ["**::guarded"] })),
  ]) {
    expect(run.diagnostics).toMatch(CLOSED);
    expect(run.code).toBe(FAILED);
  }
  expect(traces()).toEqual([]);
  expect((await resources()).map(({ urn }) => urn.split("::").at(-1))).not.toContain("guarded");
});

test("in order, it lets preview and up pass, and creates nothing itself", async () => {
  await stack.preview();
  const { summary, outputs } = await stack.up();
  // The component is there since the run before; its evaluation is a read.
  expect(summary.resourceChanges).toEqual({ create: 1, same: 2 });
  expect(outputs).toEqual({
    passed: { value: true, secret: false },
    violations: { value: [], secret: false },
    evidenceDigest: { value: expect.stringMatching(/^[\da-f]{64}$/), secret: false },
  });
  expect(traces()).toEqual(["create guarded 1"]);
  await stack.up({ expectNoChanges: true });
});

test("violated, it fails preview and up with one message, and what it guards is not touched", async () => {
  await configure({ version: "2" });
  failNewestDump(emulator);
  const urns = (await resources()).map(({ urn }) => urn);
  for (const run of [
    await runOf((on) => stack.preview(on)),
    await runOf((on) => stack.up(on)),
    await runOf((on) => stack.up({ ...on, refresh: true })),
    await runOf((on) => stack.up({ ...on, target: ["**::guarded"] })),
    await runOf((on) => stack.up({ ...on, target: ["**::gate"], targetDependents: true })),
    await runOf((on) => stack.up({ ...on, replace: ["**::guarded"] })),
    await runOf((on) => stack.up({ ...on, exclude: ["**::gate"] })),
    await runOf((on) => stack.refresh({ ...on, runProgram: true })),
  ]) {
    expect(run.code).toBe(FAILED);
    const { diagnostics } = run;
    // The engine adds one of its own.
    const errors = diagnostics.match(/error:.*/g)?.filter((line) => !/(preview|update) failed$/.test(line));
    expect(errors).toHaveLength(1);
    expect(diagnostics).toMatch(CLOSED);
    expect(diagnostics).toContain(`maxFailures: audit-log dumps of DWS cluster ${clusterIds[0]}\n`);
    expect(diagnostics).toMatch(/ expected +at most 0 failed dumps\n +found +1 failed dump\n +record +exec/);
    expect(diagnostics).toMatch(/ next +Look into the failure reasons/);
    expect(diagnostics).toMatch(/^ +Looked at project \w+ in eu-de, signed in by AUDITGATE_ACCESS_KEY\.$/m);
    expect(diagnostics).not.toMatch(/^ +at |\.[cm]?[jt]s:\d|node_modules|unhandled|\[object/m);
  }
  // Here the SDK says of its own that what is guarded was not registered.
  const run = await runOf((on) => stack.up({ ...on, continueOnError: true }));
  expect(run.code).toBe(FAILED);
  expect(run.diagnostics).toMatch(CLOSED);
  expect(traces()).toEqual([]);
  expect((await resources()).map(({ urn }) => urn)).toEqual(urns);
});

test("a plan saved while all was in order does not help: up evaluates the gate again", async () => {
  const plan = `${at.folder}/plan.json`;
  await stack.preview({ plan });
  failNewestDump(emulator);
  const run = await runOf((on) => stack.up({ ...on, plan }));
  expect(run.code).toBe(FAILED);
  expect(run.diagnostics).toMatch(CLOSED);
  expect(traces()).toEqual([]);
});

test("a refresh deploys nothing, and asks nothing", async () => {
  failNewestDump(emulator);
  const before = emulator.requests.length;
  const run = await runOf((on) => stack.refresh(on));
  expect(run.code).toBe(0);
  expect(emulator.requests).toHaveLength(before);
  expect((await resources()).map(({ type }) => type)).toContain("auditgate:index:AuditGate");
});

test("advisory, it warns once and gives out what is wrong", async () => {
  failNewestDump(emulator);
  await configure({ policy: advisory, version: "3" });
  const run = await runOf((on) => stack.up(on));
  expect(run.code).toBe(0);
  expect(run.diagnostics.match(/warning:/g)).toHaveLength(1);
  expect(run.diagnostics).toMatch(
    /AuditGate \(gate\):\n +warning: The gate has not passed, but only warns: 1 violation \(dws\.[a-z.-]+ of [0-9a-f-]+\)\n/,
  );
  expect(run.outputs).toMatchObject({
    passed: { value: false },
    violations: { value: [{ rule: "maxFailures", subject: clusterIds[0], blocking: false }] },
  });
  expect(traces()).toEqual(["update guarded 3"]);
});

test("once the trail is in order again, it is deployed", async () => {
  await configure({ version: "4" });
  const { outputs } = await stack.up();
  expect(outputs["passed"]?.value).toBe(true);
  expect(traces()).toEqual(["update guarded 4"]);
});

test("a gate with another policy is the same resource, and replaces nothing", async () => {
  await configure({ policy: { dwsAuditDumpRecords: [{ clusterIds, maxGap: "1h" }] } });
  const { summary } = await stack.up();
  expect(summary.resourceChanges).toMatchObject({ same: 2, update: 1 });
  expect(summary.resourceChanges).not.toHaveProperty("replace");
  expect(traces()).toEqual([]);
});

test("destroy is held up with the program alone, and without it passes even if nothing can be read", async () => {
  failNewestDump(emulator);
  expect((await runOf((on) => stack.destroy({ ...on, runProgram: true }))).diagnostics).toMatch(CLOSED);
  expect(traces()).toEqual([]);
  emulator.inject({ connection: "reset" });
  await stack.destroy({ refresh: true });
  expect(traces()).toEqual(["delete guarded 4"]);
  expect(await resources()).toEqual([]);
});
