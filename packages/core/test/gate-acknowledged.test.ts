import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  type Acknowledgement,
  type Client,
  createClient,
  evaluateGate,
  formatAcknowledged,
  formatViolations,
  gateHeadline,
  type GatePolicy,
  verifyEvidence,
} from "@auditgate/core";
import { type Emulator, sample, startEmulator } from "@auditgate/emulator";

const { clusters, instances } = sample;
const DAY_MS = 86_400_000;

let emulator: Emulator;
let client: Client;
let folder: string;

beforeAll(async () => {
  emulator = await startEmulator();
  folder = mkdtempSync(join(tmpdir(), "auditgate-"));
});

beforeEach(() => {
  client = createClient({ env: emulator.env, timeoutMs: 6000 });
});

afterEach(async () => {
  await client.close();
  await emulator.reset();
});

afterAll(async () => {
  rmSync(folder, { recursive: true });
  await emulator.close();
});

const day = (days: number) => new Date(Date.now() + days * DAY_MS).toISOString().slice(0, 10);

const dumpsPolicy: GatePolicy = {
  dwsAuditDumpRecords: [{ clusterIds: [clusters.failedDump], within: "7d", maxAge: "24h", maxFailures: 0 }],
};

/** The failed dump of the sample, acknowledged. */
function acknowledgement(facts: Partial<Acknowledgement> = {}): Acknowledgement {
  return {
    rule: "dws.dump.max-failures",
    subject: clusters.failedDump,
    record: { executorTime: failedAt() },
    reason: "The bucket was renamed; OPS-12.",
    since: day(-1),
    until: day(20),
    ...facts,
  };
}

let failed = "";
function failedAt(): string {
  return failed;
}

beforeEach(async () => {
  const { violations } = await evaluateGate(client, dumpsPolicy);
  failed = /executorTime="([^"]+)"/.exec(violations[0]?.records[0] ?? "")?.[1] ?? "";
  if (failed === "") throw new Error("the sample has lost its failed dump");
});

const judge = (...acknowledged: readonly Acknowledgement[]) =>
  evaluateGate(client, { ...dumpsPolicy, acknowledged });

test("a failure that is acknowledged lets the gate pass, and says so", async () => {
  const verdict = await judge(acknowledgement());
  expect(verdict).toMatchObject({ passed: true, blocking: false, violations: [], warnings: [] });
  expect(verdict.acknowledged).toEqual([
    {
      ruleId: "dws.dump.max-failures",
      query: "dws_audit_dump_records",
      subject: clusters.failedDump,
      record: `executorTime="${failed}"`,
      reason: "The bucket was renamed; OPS-12.",
      since: day(-1),
      until: day(20),
    },
  ]);
  expect(gateHeadline(verdict)).toMatch(/^The gate has passed with 1 acknowledged: 1 audit trail in order\b/);
  expect(formatAcknowledged(verdict)).toBe(
    `acknowledged: dws.dump.max-failures of ${clusters.failedDump} (executorTime="${failed}") until ${day(20)}: The bucket was renamed; OPS-12.`,
  );
});

test("another failure is not acknowledged by it, even at the same time", async () => {
  emulator.update((data) => {
    const list = data.clusters.find(({ id }) => id === clusters.failedDump)?.dumps;
    if (Array.isArray(list)) list.unshift({ ...list.find(({ result }) => result === "FAILED") });
  });
  const verdict = await judge(acknowledgement());
  expect(verdict.violations).toMatchObject([{ ruleId: "dws.dump.max-failures", found: "1 failed dump" }]);
});

test.each<[string, Partial<Acknowledgement>]>([
  ["of another rule", { rule: "dws.dump.max-running" }],
  ["of another subject", { subject: clusters.healthy }],
  ["of another record", { record: { executorTime: "2026-01-01T00:00:00" } }],
  ["that has not begun", { since: day(1) }],
])("an acknowledgement %s accepts nothing, and is a warning", async (_, facts) => {
  const verdict = await judge(acknowledgement(facts));
  expect(verdict).toMatchObject({ passed: false, acknowledged: [] });
  expect(verdict.warnings).toHaveLength(1);
  expect(verdict.violations[0]?.found).toBe("1 failed dump");
});

test("within seven days of its end it warns, and past it the failure counts again and says why", async () => {
  expect((await judge(acknowledgement({ until: day(3) }))).warnings).toEqual([
    expect.stringContaining(`ends with ${day(3)}`),
  ]);
  expect((await judge(acknowledgement({ since: day(-9), until: day(0) }))).passed).toBe(true);
  const over = await judge(acknowledgement({ since: day(-9), until: day(-1) }));
  expect(over).toMatchObject({ passed: false, acknowledged: [] });
  expect(over.violations[0]?.found).toBe(
    `1 failed dump; what was acknowledged until ${day(-1)} counts again`,
  );
  expect(formatViolations(over)).toContain("counts again");
});

test("its days are those of the service's clock", async () => {
  const given = acknowledgement({ until: day(0) });
  expect((await judge(given)).passed).toBe(true);
  emulator.inject({ headers: { Date: new Date(Date.now() + DAY_MS).toUTCString() } });
  expect((await judge(given)).passed).toBe(false);
});

test.each<[string, object, string]>([
  ["more than 90 days", { since: "2026-01-01", until: "2026-04-02" }, "at most 90 days after since"],
  ["an end before the beginning", { since: "2026-02-01", until: "2026-01-31" }, "must not be before since"],
  ["a day that does not exist", { until: "2026-02-30" }, "must be a day that exists"],
  ["a time of day", { until: "2026-12-15T12:00:00Z" }, "must be a day that exists"],
  ["no reason", { reason: "" }, "reason cannot be"],
  ["a wildcard", { rule: "*" }, "must be the id of a rule"],
  ["the name of a rule instead of its id", { rule: "maxFailures" }, "must be the id of a rule"],
  ["what cannot be read", { rule: "dws.dump.readable" }, "must be the id of a rule"],
  ["what is not complete", { rule: "dws.dump.complete" }, "must be the id of a rule"],
  ["a rule that sees nothing", { rule: "dds.log.min-logs" }, "sees nothing that could be named"],
  ["no record", { record: {} }, "must have executorTime, and nothing else"],
  ["another field", { record: { id: "1" } }, "must have executorTime, and nothing else"],
  [
    "a field too many",
    { record: { executorTime: "x", id: "1" } },
    "must have executorTime, and nothing else",
  ],
  [
    "a field that nobody knows",
    { record: { executorTime: "x", result: "FAILED" } },
    "record.result is not known",
  ],
  ["an empty value", { record: { executorTime: "" } }, "must not be empty"],
  ["a key that nobody knows", { comment: "x" }, "comment is not known here"],
])("an acknowledgement with %s is refused", async (_, facts, problem) => {
  await expect(judge({ ...acknowledgement(), ...facts } as Acknowledgement)).rejects.toMatchObject({
    code: "ERR_ARGUMENT",
    message: expect.stringContaining(problem),
  });
});

test("gaps are named by their beginning, each for itself", async () => {
  const rules: GatePolicy = {
    ddsAuditLogs: [{ instanceIds: [instances.silentNode], within: "7d", maxGap: "2h" }],
  };
  const { violations } = await evaluateGate(client, rules);
  const [, nodeId = ""] = /of node "([^"]+)"/.exec(violations[0]?.found ?? "") ?? [];
  const [, gapStart = ""] = /since (\S+Z)/.exec(violations[0]?.found ?? "") ?? [];
  const given = (record: Acknowledgement["record"]) => ({
    ...rules,
    acknowledged: [acknowledgement({ rule: "dds.log.max-gap", subject: instances.silentNode, record })],
  });
  expect(await evaluateGate(client, given({ nodeId, gapStart }))).toMatchObject({ passed: true });
  const other = { nodeId, gapStart: "2026-01-01T00:00:00Z" };
  expect(await evaluateGate(client, given(other))).toMatchObject({ passed: false });
});

test("a gap that began long before the window is known by its beginning, until it has left the window", async () => {
  const at = (hours: number, zone = "+0000") =>
    `${new Date(Date.now() - hours * 3_600_000).toISOString().slice(0, 19)}${zone}`;
  const [nodeId, gapStart] = ["node-1", at(20, "Z")];
  emulator.update(({ instances: all }) => {
    const own = all.find(({ id }) => id === instances.healthy);
    if (!own) throw new Error("the sample has lost its instance");
    const log = (id: string, from: number, to: number) => ({
      id,
      node_id: nodeId,
      start_time: at(from),
      end_time: at(to),
    });
    own.auditLogs = [log("late", 10, 0), log("early", 22, 20)];
  });
  const rules: GatePolicy = {
    ddsAuditLogs: [{ instanceIds: [instances.healthy], within: "15h", maxGap: "2h", nodeIds: [nodeId] }],
  };
  const record = { nodeId, gapStart };
  const given = acknowledgement({ rule: "dds.log.max-gap", subject: instances.healthy, record });
  expect(await evaluateGate(client, rules)).toMatchObject({ passed: false });
  expect(await evaluateGate(client, { ...rules, acknowledged: [given] })).toMatchObject({ violations: [] });
});

test("evidence has the acknowledgements, and is judged with them again", async () => {
  const evidenceFile = join(folder, "evidence.jsonl");
  const policy = { ...dumpsPolicy, acknowledged: [acknowledgement({ until: day(3) })] };
  const { verdictDigest, evidenceDigest } = await evaluateGate(client, policy, { evidenceFile });
  expect(await verifyEvidence(evidenceFile, { verdictDigest, evidenceDigest })).toMatchObject({
    valid: true,
  });
  const last = readFileSync(evidenceFile, "utf8").trimEnd().split("\n").at(-1) ?? "";
  expect(JSON.parse(last)).toMatchObject({
    version: 2,
    passed: true,
    time: expect.stringMatching(/Z$/),
    place: { region: sample.region, projectId: sample.project.id },
    policy: { acknowledged: policy.acknowledged },
    acknowledged: [{ ruleId: "dws.dump.max-failures" }],
    warnings: [expect.stringContaining("ends with")],
    verdictDigest,
  });
});
