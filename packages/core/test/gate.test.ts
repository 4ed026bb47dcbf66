import { type Client, createClient, evaluateGate, formatViolations, type GatePolicy } from "@auditgate/core";
import { type Emulator, generateData, sample, startEmulator } from "@auditgate/emulator";
import { broken } from "../../../test/every-rule.ts";

const { clusters, instances, nodes } = sample;
const HOUR_MS = 3_600_000;
// Half past, so that ages are the same whenever this runs: the newest records end on the hour.
const shiftMs = HOUR_MS / 2 - (Date.now() % HOUR_MS);
const now = () => new Date(Date.now() + shiftMs);

let emulator: Emulator;
let client: Client;

beforeAll(async () => {
  emulator = await startEmulator({ now, data: generateData({ anchor: now() }) });
});

beforeEach(() => {
  client = createClient({ env: emulator.env, timeoutMs: 6000 });
});

afterEach(async () => {
  await client.close();
  await emulator.reset();
});

afterAll(() => emulator.close());

/** The policy of the design, for some clusters and instances. */
function policy(clusterIds: readonly string[], instanceIds: readonly string[], nodeIds: readonly string[]) {
  return {
    dwsAuditDumpRecords: [
      {
        clusterIds,
        within: "7d",
        maxAge: "24h",
        maxFailures: 0,
        maxGap: "1h",
        maxRunning: "1h",
        bucketName: "audit-archive",
        locationPrefix: "dws",
        timeZone: "+00:00",
      },
    ],
    dwsParameterModificationRecords: [
      {
        clusterIds,
        within: "30d",
        noPending: true,
        maxFailed: 0,
        maxChanges: 20,
        allowedOperators: ["dba-anna", "dba-tomas", "automation"],
        freezeWindows: [
          { start: "2020-12-20T00:00:00", end: "2021-01-02T00:00:00", timeZone: "Europe/Berlin" },
        ],
      },
    ],
    ddsAuditLogs: [
      {
        instanceIds,
        within: "7d",
        nodeIds,
        maxGap: "2h",
        maxAge: "1h",
        minLogs: 100,
        maxTotalBytes: 10_000_000_000,
      },
    ],
  } satisfies GatePolicy;
}

async function rulesOf(given: GatePolicy) {
  const { passed, violations } = await evaluateGate(client, given);
  expect(passed).toBe(violations.length === 0);
  return violations.map(({ rule, kind, subject }) => [rule, kind, subject]);
}

test("a trail in order passes, and is read once per query and subject", async () => {
  const verdict = await evaluateGate(client, policy([clusters.healthy], [instances.healthy], nodes.healthy));
  expect(verdict).toMatchObject({ passed: true, blocking: false, enforcement: "mandatory", violations: [] });
  expect(verdict.evidence.readings.map(({ query, count }) => [query, count > 0])).toEqual([
    ["dws_audit_dump_records", true],
    ["dws_parameter_modification_records", true],
    ["dds_audit_logs", true],
  ]);
  // A refused signature may have told the time first.
  const answered = emulator.requests.filter(({ status }) => status === 200).map(({ api }) => api);
  expect(answered.filter((api) => api !== "logs").toSorted()).toEqual(["dumps", "parameters"]);
});

test("each trail that is not in order is a violation of its own rule", async () => {
  const { failedDump, runningDump, pendingChanges, empty } = clusters;
  const ids = [clusters.healthy, failedDump, runningDump, pendingChanges, empty];
  const given = policy(ids, [instances.silentNode, instances.empty], nodes.silentNode);
  expect(await rulesOf(given)).toEqual([
    ["maxFailures", "violated", failedDump],
    ["maxRunning", "violated", runningDump],
    ["maxAge", "violated", empty],
    ["maxGap", "violated", empty],
    ["noPending", "violated", pendingChanges],
    ["maxFailed", "violated", pendingChanges],
    ["maxGap", "violated", instances.silentNode],
    ["nodeIds", "violated", instances.empty],
    ["maxAge", "violated", instances.empty],
    ["minLogs", "violated", instances.empty],
  ]);
});

test("what is repaired passes", async () => {
  const given: GatePolicy = { dwsAuditDumpRecords: [{ clusterIds: [clusters.failedDump], maxFailures: 0 }] };
  expect(await rulesOf(given)).toHaveLength(1);
  emulator.update((data) => {
    const dumps = data.clusters.find(({ id }) => id === clusters.failedDump)?.dumps;
    if (Array.isArray(dumps)) Object.assign(dumps[0]!, { result: "SUCCESS", failed_reason: null });
  });
  expect(await rulesOf(given)).toEqual([]);
});

test("what is said of a trail that stays as it is does not change as time goes on, by any rule", async () => {
  const said = async () => {
    await using later = createClient({ env: emulator.env });
    const { violations } = await evaluateGate(later, broken);
    return violations.map(({ message, found, records, next }) => ({ message, found, records, next }));
  };
  const before = await said();
  emulator.inject({ on: "all", clockSkewMs: 90_000 });
  expect(before.length).toBeGreaterThan(15);
  expect(await said()).toEqual(before);
});

test("ages are exact to the minute", async () => {
  const dumps = (maxAge: string): GatePolicy => ({
    dwsAuditDumpRecords: [{ clusterIds: [clusters.healthy], maxAge }],
  });
  // The newest dump ran an hour less 95 s before the hour, which is half an hour ago.
  expect(await rulesOf(dumps("88m"))).toHaveLength(1);
  expect(await rulesOf(dumps("90m"))).toEqual([]);
  const logs = (maxAge: string): GatePolicy => ({
    ddsAuditLogs: [{ instanceIds: [instances.healthy], within: "1d", maxAge }],
  });
  expect(await rulesOf(logs("29m"))).toHaveLength(1);
  expect(await rulesOf(logs("31m"))).toEqual([]);
});

test.each(["touching", "overlapping", "by-start", "by-start-exclusive", "by-end", "contained"] as const)(
  "a service that selects logs %s makes no difference",
  async (window) => {
    emulator.inject({ window });
    const logs = (instanceId: string): GatePolicy => ({
      ddsAuditLogs: [{ instanceIds: [instanceId], within: "25h", maxGap: "2h", minLogs: 38 }],
    });
    expect(await rulesOf(logs(instances.healthy))).toEqual([]);
    // One of its nodes wrote nothing in all that time.
    const found = (await rulesOf(logs(instances.silentNode))).map(([rule]) => rule);
    expect(found).toEqual(["maxGap", "minLogs"]);
  },
);

test("a window is never rounded, and may be longer than what one request may ask for", async () => {
  const given: GatePolicy = {
    ddsAuditLogs: [{ instanceIds: [instances.healthy], within: "90d", maxGap: "2h" }],
  };
  expect(await rulesOf(given)).toEqual([]);
  const [last] = emulator.requests.filter(({ api }) => api === "logs").toReversed();
  expect(last?.query["end_time"]).toMatch(/:(?!00:00)\d\d:\d\d\+0000$/);
});

test("what strangers write into records cannot command a terminal or a CI service", async () => {
  emulator.update((data) => {
    const dumps = data.clusters.find(({ id }) => id === clusters.failedDump)?.dumps;
    const failed_reason = "\u001b[2J\n::error::pwned\r\n##[error]pwned \u202e##vso[task.complete]";
    if (Array.isArray(dumps)) Object.assign(dumps[0]!, { failed_reason });
  });
  const verdict = await evaluateGate(client, {
    dwsAuditDumpRecords: [{ clusterIds: [clusters.failedDump], maxFailures: 0 }],
  });
  for (const text of [
    formatViolations(verdict),
    ...verdict.violations.flatMap(({ message, records }) => [message, ...records]),
  ]) {
    // oxlint-disable-next-line no-control-regex -- control characters are what this is for
    expect(text).not.toMatch(/::error|##\[|##vso\[|[\u0000-\u0009\u000b-\u001f\u202e]/);
    expect(text).toMatch(/pwned|failed dump/);
  }
});
