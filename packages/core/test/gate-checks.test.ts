import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  type Acknowledgement,
  createClient,
  evaluateGate,
  formatViolations,
  gateHeadline,
  type GatePolicy,
  judgeChecks,
  type ProgramCheck,
  verifyEvidence,
} from "@auditgate/core";
import { type Emulator, sample, startEmulator } from "@auditgate/emulator";
import fc from "fast-check";

const { clusters, instances } = sample;
const DAY_MS = 86_400_000;

let emulator: Emulator;
let client: ReturnType<typeof createClient>;
const folder = mkdtempSync(join(tmpdir(), "auditgate-checks-"));

beforeAll(async () => {
  emulator = await startEmulator();
  client = createClient({ env: emulator.env });
});

afterEach(() => emulator.reset());

afterAll(async () => {
  await client.close();
  await emulator.close();
  rmSync(folder, { recursive: true });
});

const day = (days: number) => new Date(Date.now() + days * DAY_MS).toISOString().slice(0, 10);

function check(facts: Partial<ProgramCheck> = {}): ProgramCheck {
  return {
    rule: "calm",
    query: "dws_parameter_modification_records",
    subject: clusters.healthy,
    region: null,
    projectId: null,
    digest: "0".repeat(64),
    expected: "no change by hand",
    outcome: "said-which",
    reason: null,
    against: ["7", "8"].map((id) => ({ seen: { id }, text: JSON.stringify({ id, operator: "anna" }) })),
    ...facts,
  };
}

function known(facts: Partial<Acknowledgement> = {}): Acknowledgement {
  return {
    rule: "check.calm",
    subject: clusters.healthy,
    record: { id: "7" },
    reason: "Seen with operations; OPS-12.",
    since: day(-1),
    until: day(20),
    ...facts,
  };
}

const both = [known(), known({ record: { id: "8" } })];
const rules: GatePolicy = { dwsAuditDumpRecords: [{ clusterIds: [clusters.healthy], maxFailures: 0 }] };
const judge = (acknowledged: readonly Acknowledgement[], checks: readonly ProgramCheck[], policy = {}) =>
  evaluateGate(client, { ...policy, acknowledged }, { checks });

describe.each([
  ["alone", {}],
  ["beside rules", rules],
])("a check %s", (_, policy) => {
  test("is closed by what it says, and by nothing once each record of it is acknowledged", async () => {
    const closed = await judge([], [check()], policy);
    expect(closed).toMatchObject({ passed: false, blocking: true, warnings: [] });
    expect(closed.violations).toMatchObject([
      { rule: "calm", ruleId: "check.calm", found: "2 records against it" },
    ]);
    const half = await judge([known()], [check()], policy);
    expect(half.violations).toMatchObject([
      { found: "1 record against it", records: ['{"id":"8","operator":"anna"}'] },
    ]);
    expect(half.acknowledged).toMatchObject([{ ruleId: "check.calm", record: 'id="7"' }]);
    const open = await judge(both, [check()], policy);
    expect(open).toMatchObject({ passed: true, blocking: false, violations: [], warnings: [] });
    expect(open.acknowledged).toHaveLength(2);
    expect(gateHeadline(open)).toMatch(
      /^The gate has passed with 2 acknowledged: (1 audit trail and )?1 check in order/,
    );
  });

  test("counts again past the end of what was acknowledged, warns before, and says what meets nothing", async () => {
    const past = await judge([known({ until: day(-1) }), both[1]!], [check()], policy);
    expect(past.violations[0]?.found).toBe(
      `1 record against it; what was acknowledged until ${day(-1)} counts again`,
    );
    expect(past.warnings).toEqual([expect.stringContaining(`has ended with ${day(-1)}`)]);
    const soon = await judge([known({ until: day(3) }), both[1]!], [check()], policy);
    expect(soon.passed).toBe(true);
    expect(soon.warnings).toEqual([expect.stringContaining(`ends with ${day(3)}`)]);
    const idle = await judge([...both, known({ record: { id: "9" } })], [check()], policy);
    expect(idle.passed).toBe(true);
    expect(idle.warnings).toEqual([expect.stringMatching(/\(id="9"\) meets nothing/)]);
    const other = await judge([known({ subject: clusters.busy })], [check()], policy);
    expect(other.violations[0]?.found).toBe("2 records against it");
    expect(other.warnings).toEqual([expect.stringContaining("meets nothing")]);
  });

  test.each<[string, Partial<ProgramCheck>, string]>([
    ["says only no", { outcome: "said-no", against: [] }, "otherwise"],
    ["says neither", { outcome: "said-neither", against: [] }, "a check that says neither yes nor no"],
    ["throws", { outcome: "threw", reason: "Error: x", against: [] }, "a check that cannot judge (Error: x)"],
    [
      "was not asked, for its reading is not complete",
      { outcome: "unasked", reason: "truncated: 3", against: [] },
      "a reading that cannot be proved complete (truncated: 3)",
    ],
    ["names what has no identity", { against: [{ seen: {}, text: "{}" }] }, "1 record against it"],
    [
      "names one record twice",
      { against: ["7", "7"].map((id) => ({ seen: { id }, text: id })) },
      "1 record against it",
    ],
  ])("is not opened by an acknowledgement where it %s", async (__, facts, found) => {
    const { passed, violations } = await judge([known()], [check(facts)], policy);
    expect(passed).toBe(false);
    expect(violations).toMatchObject([{ found }]);
  });

  test.each<[string, Acknowledgement, string]>([
    [
      "a check that there is not",
      known({ rule: "check.clam" }),
      'acknowledged[0].rule cannot be "check.clam": this gate has no check of that name, only check.calm',
    ],
    [
      "another field",
      known({ record: { executorTime: "2026-11-27T04:01:35" } }),
      "acknowledged[0].record must have id, and nothing else",
    ],
    [
      "two fields",
      known({ record: { id: "7", nodeId: "n" } }),
      "acknowledged[0].record must have id, and nothing else",
    ],
    ["more than 90 days", known({ until: day(95) }), "must be at most 90 days after since"],
  ])("cannot be acknowledged by %s", async (__, acknowledgement, message) => {
    await expect(judge([acknowledgement], [check()], policy)).rejects.toMatchObject({
      code: "ERR_ARGUMENT",
      message: expect.stringContaining(message),
    });
  });

  test("is not opened where the service's time is not known or not believed", async () => {
    for (const headers of [{ Date: "none" }, { Age: "4000" }]) {
      emulator.inject({ headers, times: Infinity });
      const { passed, acknowledged } = await judge(both, [check()], policy);
      expect({ passed, acknowledged }).toEqual({ passed: false, acknowledged: [] });
      await emulator.reset();
    }
  });

  test("is evidence: what it has said is unchanged, and the verdict follows from it", async () => {
    const evidenceFile = join(folder, `${Object.keys(policy).length}.jsonl`);
    const checks = [check(), check({ rule: "early", outcome: "said-yes", against: [] })];
    const verdict = await evaluateGate(client, { ...policy, acknowledged: both }, { checks, evidenceFile });
    const { verdictDigest, evidenceDigest } = verdict;
    const kept = await verifyEvidence(evidenceFile, { verdictDigest, evidenceDigest });
    expect(kept).toMatchObject({ valid: true, problems: [] });
    expect(kept.checks.map(({ rule }) => rule)).toEqual(["calm", "early"]);
    const text = readFileSync(evidenceFile, "utf8");
    for (const [from, to] of [
      ['"said-which"', '"said-yes"'],
      ['"id":"8"', '"id":"7"'],
      ['"early"', '"later"'],
      ['"reason":"Seen', '"reason":"Been'],
    ] as const) {
      expect(text).toContain(from);
      expect((await verifyEvidence(text.replaceAll(from, to), { verdictDigest })).valid).toBe(false);
    }
    expect((await verifyEvidence(text.replace(/^{"evidence":"check".*"early".*\n/m, ""))).problems).toEqual([
      "1 checks, where the verdict has another number",
      "the verdict states another digest of itself",
    ]);
  });
});

test("checks alone ask the service for one record where something is acknowledged, and for nothing else", async () => {
  await judge([], [check()]);
  expect(emulator.requests).toEqual([]);
  const logs = check({
    query: "dds_audit_logs",
    subject: instances.healthy,
    region: sample.region,
    projectId: sample.project.id,
  });
  for (const each of [check(), logs]) {
    const before = emulator.requests.length;
    const { subject } = each;
    const acknowledged = both.map((one) => ({ ...one, subject }));
    expect((await judge(acknowledged, [each])).passed).toBe(true);
    expect(emulator.requests.length - before).toBe(1);
  }
});

test("one acknowledgement is told once, however many checks of that name have met it", async () => {
  const twice = await judge(both, [check(), check()]);
  expect(twice).toMatchObject({ passed: true, acknowledged: [{ record: 'id="7"' }, { record: 'id="8"' }] });
});

test("a gate without checks refuses to acknowledge one", async () => {
  await expect(evaluateGate(client, { ...rules, acknowledged: both })).rejects.toThrow(
    'acknowledged[0].rule cannot be "check.calm": this gate has no checks of a program\'s own',
  );
});

test("the words of a check are harmless", async () => {
  const hostile = "x\n::error::\u001b[31m";
  const verdict = await judge([], [check({ expected: hostile, against: [{ seen: {}, text: hostile }] })]);
  expect(formatViolations(verdict)).not.toMatch(/^::error/m);
  expect(formatViolations(verdict)).not.toContain("\u001b");
});

test("whatever checks say and whatever is acknowledged of it, nothing passes that was not named", () => {
  const ids = fc.constantFrom("1", "2", "3");
  const record = fc.oneof(
    ids.map((id) => ({ seen: { id }, text: id })),
    fc.constant({ seen: {}, text: "{}" }),
  );
  const checks = fc.array(
    fc.record({
      rule: fc.constantFrom("calm", "early"),
      subject: fc.constantFrom("a", "b"),
      outcome: fc.constantFrom("said-yes", "said-which", "said-which", "said-no", "threw"),
      against: fc.array(record, { minLength: 1, maxLength: 3 }),
    }),
    { maxLength: 3 },
  );
  const acknowledgements = fc.array(
    fc.record({
      rule: fc.constantFrom("check.calm", "check.early"),
      subject: fc.constantFrom("a", "b"),
      record: fc.record({ id: ids }),
      since: fc.constantFrom("2026-02-27", "2026-03-01", "2026-03-02"),
      until: fc.constantFrom("2026-02-28", "2026-03-01", "2026-03-09"),
    }),
    { maxLength: 8 },
  );
  let opened = 0;
  fc.assert(
    fc.property(checks, acknowledgements, (given, acknowledged) => {
      // Records left after each acknowledgement in force has taken one away.
      const left = given.flatMap(({ rule, subject, outcome, against }) => {
        if (outcome === "said-yes") return [];
        if (outcome !== "said-which") return [rule];
        const open = against.map(({ seen }) => ("id" in seen ? seen.id : undefined));
        for (const each of acknowledged) {
          const inForce = each.since <= "2026-03-01" && "2026-03-01" <= each.until;
          const at = open.indexOf(each.record.id);
          const named = `check.${rule}` === each.rule && subject === each.subject;
          if (inForce && named && at >= 0) open.splice(at, 1);
        }
        return open.length > 0 ? [rule] : [];
      });
      const said = given.map((each) =>
        check({ ...each, against: each.outcome === "said-which" ? each.against : [] }),
      );
      const policy = { acknowledged: acknowledged.map((each) => ({ ...each, reason: "known" })) };
      const { passed, violations } = judgeChecks(policy, said, "2026-03-01T12:00:00Z");
      expect(violations.map(({ rule }) => rule)).toEqual(left);
      expect(passed).toBe(left.length === 0);
      if (passed && said.some(({ outcome }) => outcome !== "said-yes")) opened++;
    }),
  );
  expect(opened).toBeGreaterThan(10);
});
