import { AuditError, type Client, createClient, evaluateGate, type GatePolicy } from "@auditgate/core";
import { type Emulator, sample, startEmulator } from "@auditgate/emulator";
import { inOrder as policy } from "./gate-policies.ts";

const { clusters } = sample;

let emulator: Emulator;
let client: Client;

beforeAll(async () => {
  emulator = await startEmulator();
});

beforeEach(() => {
  client = createClient({ env: emulator.env, timeoutMs: 2000 });
});

afterEach(async () => {
  await client.close();
  await emulator.reset();
});

afterAll(() => emulator.close());

describe("what blocks", () => {
  const broken: GatePolicy = {
    dwsAuditDumpRecords: [{ clusterIds: [clusters.failedDump, clusters.healthy], maxFailures: 0 }],
  };

  test.each<[string, GatePolicy, boolean[]]>([
    ["mandatory", broken, [true, true]],
    ["on_error = warn", { ...broken, onError: "warn" }, [true, false]],
    ["advisory", { ...broken, enforcement: "advisory" }, [false, false]],
    ["advisory and on_error = fail", { ...broken, enforcement: "advisory", onError: "fail" }, [false, false]],
  ])("%s: never whether it passes", async (_, given, blocking) => {
    emulator.inject({ path: clusters.healthy, status: 500 });
    const verdict = await evaluateGate(client, given);
    expect(verdict.violations.map((violation) => violation.blocking)).toEqual(blocking);
    expect(verdict).toMatchObject({ passed: false, blocking: blocking.includes(true) });
  });
});

test("who aborts gets no verdict, at once", async () => {
  emulator.inject({ connection: "hang" });
  const controller = new AbortController();
  const verdict = evaluateGate(client, policy, { signal: controller.signal });
  setTimeout(() => controller.abort(), 50);
  await expect(verdict).rejects.toMatchObject({ code: "ERR_ABORTED" });
  await expect(evaluateGate(client, policy, { signal: AbortSignal.abort() })).rejects.toThrow(AuditError);
});

test("no more subjects are asked at once than it says", async () => {
  const fault = emulator.inject({ concurrent: 2, delayMs: 5, status: 500 });
  const { unknown: _, ...known } = clusters;
  const clusterIds = Object.values(known);
  const { violations } = await evaluateGate(
    client,
    { dwsAuditDumpRecords: [{ clusterIds, maxFailures: 9 }] },
    { concurrency: 2 },
  );
  expect(violations).toEqual([]);
  expect(emulator.requests).toHaveLength(clusterIds.length);
  await fault.remove();
  await expect(evaluateGate(client, policy, { concurrency: 0 })).rejects.toMatchObject({
    argument: "concurrency",
  });
});
