import { type Emulator, type Fault, sample, startEmulator } from "@auditgate/emulator";
import { changeNewestDump, type GateStack, gateStack, runOf } from "./gate-stack.ts";
import { type Scratch, scratch } from "./stack.ts";

jest.setTimeout(300_000);

const { clusters, newcomer } = sample;
const policy = { dwsAuditDumpRecords: [{ clusterIds: [clusters.healthy], maxFailures: 0 }] };

let emulator: Emulator;
let at: Scratch;
let gated: GateStack;

beforeAll(async () => {
  emulator = await startEmulator();
  at = scratch();
  gated = await gateStack(at, emulator, {
    program: `
      const gate = new auditgate.AuditGate("gate", policy);
      new Deployment("guarded", { dependsOn: gate });
      export const { passed, violations } = gate;`,
  });
});

afterAll(async () => {
  await emulator.close();
  at.remove();
});

beforeEach(async () => {
  await emulator.reset();
  await gated.configure({ policy });
});

/** What up prints of the only error there is. */
async function refusal(): Promise<string> {
  const { stack, traces } = gated;
  const { code, diagnostics } = await runOf((on) => stack.up(on));
  expect(code).toBe(1);
  expect(diagnostics.match(/error:/g)).toHaveLength(2);
  expect(diagnostics).not.toMatch(/^ +at |node_modules|c4nary/m);
  expect(traces()).toEqual([]);
  return diagnostics;
}

const doubts: readonly (readonly [string, Fault | (() => void), RegExp])[] = [
  ["an incomplete reading", { total: { add: 5 } }, /complete: .*cannot be proved complete \(total-mismatch/s],
  ["an unreachable service", { connection: "reset" }, /readable: .*ERR_CONNECTION/s],
  ["a gateway's page", { body: "html" }, /readable: .*ERR_RESPONSE/s],
  ["a missing permission", { status: 403 }, /ERR_FORBIDDEN.*Grant the action dws:cluster:listAuditLog/s],
  [
    "a result that nobody has explained",
    () => changeNewestDump(emulator, { result: "PARTIAL" }),
    /maxFailures: .*1 dump with "PARTIAL".*name their values in successResults/s,
  ],
];

test.each(doubts)("%s never passes", async (_, doubt, message) => {
  if (typeof doubt === "function") doubt();
  else emulator.inject({ on: "dumps", ...doubt });
  const text = await refusal();
  expect(text).toContain("The gate is closed: 1 violation");
  expect(text).toMatch(message);
});

test("a cluster that is not there never passes", async () => {
  await gated.configure({
    policy: { dwsAuditDumpRecords: [{ clusterIds: [clusters.unknown], maxFailures: 0 }] },
  });
  expect(await refusal()).toMatch(/readable: .*ERR_NOT_FOUND/s);
});

test("credentials that may not read, or are wrong or missing, never pass", async () => {
  const { envVars } = gated.stack.workspace;
  const own = { ...envVars };
  try {
    Object.assign(envVars, {
      AUDITGATE_ACCESS_KEY: newcomer.accessKey,
      AUDITGATE_SECRET_KEY: newcomer.secretKey,
    });
    expect(await refusal()).toMatch(/readable: .*ERR_FORBIDDEN/s);
    Object.assign(envVars, { AUDITGATE_SECRET_KEY: "c4nary-of-a-wrong-key" });
    expect(await refusal()).toMatch(/readable: .*ERR_UNAUTHENTICATED/s);
    const nobody = { AUDITGATE_ACCESS_KEY: "", AUDITGATE_SECRET_KEY: "" };
    Object.assign(envVars, { ...nobody, AUDITGATE_METADATA_ENDPOINT: "http://127.0.0.1:1" });
    expect(await refusal()).toMatch(/readable: .*ERR_CONFIG/s);
  } finally {
    gated.stack.workspace.envVars = own;
  }
});

test.each([
  [{ dwsAuditDumpRecords: [{ clusterIds: [clusters.healthy], maxAge: "1 day" }] }, /\[0\]\.maxAge cannot be/],
  [{ ddsAuditLogs: [{ instanceIds: ["i"], within: "7d" }] }, /ddsAuditLogs\[0\] has no rule: give nodeIds/],
  [{ enforcement: "of", ...policy }, /enforcement cannot be "of"/],
  [{}, /demands nothing: give dwsAuditDumpRecords/],
])("the policy %j is refused in one line, before anything is read", async (malformed, message) => {
  await gated.configure({ policy: malformed });
  const before = emulator.requests.length;
  expect(await refusal()).toMatch(message);
  expect(emulator.requests).toHaveLength(before);
});

test("onError warns of what cannot be read, and the gate still does not say that it has passed", async () => {
  await gated.configure({ policy: { ...policy, onError: "warn" } });
  const fault = emulator.inject({ on: "dumps", status: 403 });
  const { stack, traces } = gated;
  const { code, diagnostics, outputs } = await runOf((on) => stack.up(on));
  expect(code).toBe(0);
  expect(diagnostics).toMatch(/warning: The gate has not passed, but only warns: .*\(a warning only\)\n/s);
  expect(outputs).toMatchObject({
    passed: { value: false },
    violations: { value: [{ rule: "readable", kind: "error", code: "ERR_FORBIDDEN", blocking: false }] },
  });
  expect(traces()).toEqual(["create guarded 1"]);
  await fault.remove();
  changeNewestDump(emulator, { result: "FAILED", failed_reason: "\u001b[31m\n::error::gotcha" });
  const text = await refusal();
  expect(text).toContain("gotcha");
  expect(text).not.toMatch(/^ *::error/m);
  expect(text).not.toContain("\u001b[31m");
});
