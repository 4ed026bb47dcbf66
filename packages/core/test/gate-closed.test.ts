import { type Client, createClient, evaluateGate } from "@auditgate/core";
import { type Emulator, type Fault, sample, startEmulator } from "@auditgate/emulator";
import { inOrder as policy } from "./gate-policies.ts";

const { clusters, instances, newcomer } = sample;

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

test.each<[string, Fault, string]>([
  ["unreachable", { connection: "refuse" }, "ERR_CONNECTION"],
  ["reset", { connection: "reset" }, "ERR_CONNECTION"],
  ["silent", { connection: "hang" }, "ERR_TIMEOUT"],
  ["failing", { status: 500 }, "ERR_SERVER"],
  ["throttling", { status: 429 }, "ERR_(THROTTLED|TIMEOUT)"],
  ["forbidding", { status: 403, code: "APIGW.0302" }, "ERR_FORBIDDEN"],
  ["refusing the question", { status: 400 }, "ERR_ARGUMENT"],
  ["answering HTML", { body: "html" }, "ERR_RESPONSE"],
  ["answering null", { body: "null" }, "ERR_RESPONSE"],
  ["answering an empty body", { body: "empty" }, "ERR_RESPONSE"],
  ["answering half a body", { truncate: "length" }, "ERR_CONNECTION"],
  ["answering half a text", { truncate: "json" }, "ERR_RESPONSE"],
])("a service that is %s never passes", async (_, fault, code) => {
  emulator.inject(fault);
  const verdict = await evaluateGate(client, policy);
  expect(verdict).toMatchObject({ passed: false, blocking: true });
  expect(verdict.violations).toHaveLength(3);
  for (const violation of verdict.violations) {
    expect(violation).toMatchObject({ rule: "readable", kind: "error", blocking: true });
    expect(violation.found).toContain(violation.code);
  }
  expect(verdict.violations[0]?.code).toMatch(new RegExp(`^${code}$`));
  expect(
    verdict.evidence.readings.every(({ digest, complete }) => digest === null && complete === null),
  ).toBe(true);
});

test.each<[string, Fault]>([
  ["reports more than it gives", { total: { add: 1 } }],
  ["reports less than it gives", { total: { add: -1 } }],
  ["changes while it is read", { total: { addEach: 1 } }],
])("a service that %s is incomplete, and never passes", async (_, fault) => {
  emulator.inject(fault);
  const { passed, violations } = await evaluateGate(client, {
    ddsAuditLogs: [{ instanceIds: [instances.healthy], within: "60d", minLogs: 1 }],
  });
  expect(passed).toBe(false);
  expect(violations).toMatchObject([
    { rule: "complete", kind: "incomplete", code: "ERR_INCOMPLETE", blocking: true },
  ]);
});

test.each(["", "yesterday", "2026-01-31T12:00:00"])(
  "a service whose Date is %j never passes",
  async (date) => {
    emulator.inject({ headers: { Date: date } });
    const { passed, violations } = await evaluateGate(client, policy);
    expect(passed).toBe(false);
    expect(violations.map(({ rule, kind }) => [rule, kind])).toEqual(Array(3).fill(["readable", "unknown"]));
  },
);

test("a caller without permission never passes", async () => {
  const credentials = { accessKey: newcomer.accessKey, secretKey: newcomer.secretKey };
  await using stranger = createClient({ env: emulator.env, credentials });
  const { passed, violations } = await evaluateGate(stranger, policy);
  expect(passed).toBe(false);
  expect(violations.map(({ code }) => code)).toEqual(Array(3).fill("ERR_FORBIDDEN"));
});

test("a caller without credentials never passes", async () => {
  await using nobody = createClient({
    env: { AUDITGATE_REGION: "eu-de", HOME: "/nowhere" },
    timeoutMs: 2000,
  });
  const { passed, violations } = await evaluateGate(nobody, policy);
  expect(passed).toBe(false);
  expect(violations).toHaveLength(3);
});

test.each(["DWS.3027", "DWS.0047", "DWS.0015"] as const)(
  "an unknown cluster never passes: %s",
  async (notFound) => {
    emulator.update((data) => {
      data.notFound = notFound;
    });
    const clusterIds = ["11111111-2222-4333-8444-555555555555"];
    const { passed, violations } = await evaluateGate(client, {
      dwsAuditDumpRecords: [{ clusterIds, maxFailures: 9 }],
      dwsParameterModificationRecords: [{ clusterIds, maxChanges: 9 }],
    });
    expect(passed).toBe(false);
    expect(violations.map(({ code }) => code)).toEqual(["ERR_NOT_FOUND", "ERR_NOT_FOUND"]);
  },
);

test("one subject that cannot be read does not hide what is wrong with the others", async () => {
  emulator.inject({ path: clusters.healthy, status: 500 });
  const { violations } = await evaluateGate(client, {
    dwsAuditDumpRecords: [{ clusterIds: [clusters.healthy, clusters.failedDump], maxFailures: 0 }],
  });
  expect(violations.map(({ rule, subject }) => [rule, subject])).toEqual([
    ["readable", clusters.healthy],
    ["maxFailures", clusters.failedDump],
  ]);
});
