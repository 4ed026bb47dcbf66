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

test("an option that there is not is refused before anything is asked", async () => {
  for (const name of ["evidencefile", "concurency", "onError", "toString"]) {
    const options = JSON.parse(`{"${name}": "x"}`) as object;
    await expect(evaluateGate(client, policy, options)).rejects.toMatchObject({
      code: "ERR_ARGUMENT",
      argument: name,
    });
  }
  expect(emulator.requests).toEqual([]);
});

test("130,000 rule sets about one cluster end in a verdict, not in a stack that is full", async () => {
  const clusterIds = [clusters.pendingChanges];
  const rules = Array.from({ length: 130_000 }, (_, maxChanges) => ({ clusterIds, maxChanges }));
  const started = performance.now();
  const verdict = await evaluateGate(client, { dwsParameterModificationRecords: rules });
  expect(verdict.violations).toHaveLength(20);
  expect(performance.now() - started).toBeLessThan(30_000);
  const alike = rules.map((rule) => ({ ...rule, maxChanges: 0 }));
  const one = await evaluateGate(client, { dwsParameterModificationRecords: alike });
  expect(one.violations).toHaveLength(1);
  const times = Array.from({ length: 130_000 }, (_, size) => ({
    clusterIds,
    noPending: true,
    timeZone: offset(size),
  }));
  const doubts = await evaluateGate(client, { dwsParameterModificationRecords: times });
  expect(doubts.passed).toBe(false);
}, 120_000);

/** Any of the offsets there are. */
function offset(number: number): string {
  const hours = String(number % 14).padStart(2, "0");
  return `${number % 2 === 0 ? "+" : "-"}${hours}:${String(Math.floor(number / 14) % 60).padStart(2, "0")}`;
}
