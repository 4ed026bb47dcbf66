import { sample, startEmulator, type Emulator } from "@auditgate/emulator";
import { changeNewestDump, deployed, failNewestDump, gated, gateProject, onlyError } from "./gate-project.ts";
import { type GateKind, NO_FAILED_DUMP } from "./gate-project.ts";
import { diagnosticsOf, type Project } from "./project.ts";

jest.setTimeout(120_000);

const { clusters } = sample;
const SEEN = "2026-11-27T04:01:35";

/** A day so many days from today, in UTC. */
const day = (offset: number) => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10);

/** An acknowledgement of a failed dump of the healthy cluster. */
const acknowledged = (change: { readonly [argument: string]: string } = {}) => {
  const given = {
    rule: '"dws.dump.max-failures"',
    subject: `"${clusters.healthy}"`,
    record: `{ executor_time = "${SEEN}" }`,
    reason: '"The bucket was renamed; OPS-12."',
    since: `"${day(-1)}"`,
    until: `"${day(30)}"`,
    ...change,
  };
  const lines = Object.entries(given).map(([name, value]) => `    ${name} = ${value}`);
  return `acknowledged {\n${lines.join("\n")}\n  }`;
};

describe.each(["terraform", "tofu"] as const)("with %s", (engine) => {
  let emulator: Emulator;
  let project: Project;

  beforeAll(async () => {
    emulator = await startEmulator();
  });
  afterEach(async () => {
    project.remove();
    await emulator.reset();
  });
  afterAll(() => emulator.close());

  const prepare = async (acknowledgement: string, kind: GateKind = "data", more = "") => {
    failNewestDump(emulator);
    changeNewestDump(emulator, { executor_time: SEEN });
    const main = gated(`${NO_FAILED_DUMP}\n  ${acknowledgement}`, kind, more);
    project = await gateProject(engine, emulator, main);
  };

  test("a gate passes with what is acknowledged, warns of it with the reason, and gives it out", async () => {
    await prepare(
      acknowledged(),
      "data",
      'output "findings" {\n  value = data.auditgate_gate.gate.acknowledged_findings\n}',
    );
    const applied = await project.run("apply", "-auto-approve", "-json");
    expect(applied.code).toBe(0);
    const [warning] = diagnosticsOf(applied);
    expect(warning).toMatchObject({
      severity: "warning",
      summary: expect.stringMatching(
        /^The gate has passed with 1 acknowledged: 1 audit trail in order, project /,
      ),
    });
    expect(warning?.detail.split("\n\n")).toEqual([
      `acknowledged: dws.dump.max-failures of ${clusters.healthy} (executor_time="${SEEN}") until ${day(30)}: The bucket was renamed; OPS-12.`,
      `Looked at project ${sample.project.id} in ${sample.region}, signed in by AUDITGATE_ACCESS_KEY.`,
    ]);
    expect(deployed(project, "guarded")).toEqual(["one"]);
    expect(JSON.parse(await project.succeed("output", "-json", "findings"))).toEqual([
      {
        rule_id: "dws.dump.max-failures",
        query: "dws_audit_dump_records",
        subject: clusters.healthy,
        record: `executor_time="${SEEN}"`,
        reason: "The bucket was renamed; OPS-12.",
        since: day(-1),
        until: day(30),
      },
    ]);
    expect(await project.run("plan", "-detailed-exitcode")).toMatchObject({ code: 0 });
  });

  test("an ephemeral gate passes with what is acknowledged, too", async () => {
    await prepare(acknowledged(), "ephemeral");
    expect(await project.run("apply", "-auto-approve")).toMatchObject({ code: 0 });
    expect(deployed(project, "guarded")).toEqual(["one"]);
  });

  test.each([
    ["of another record", { record: '{ executor_time = "2026-11-27T04:01:36" }' }, /meets nothing/],
    ["of another rule", { rule: '"dws.dump.max-age"' }, /meets nothing/],
    ["of another subject", { subject: `"${clusters.empty}"` }, /meets nothing/],
    ["that has ended", { since: `"${day(-40)}"`, until: `"${day(-1)}"` }, /has ended with/],
    ["that begins tomorrow", { since: `"${day(1)}"` }, /begins with/],
  ])("an acknowledgement %s opens nothing, and the error says so", async (_, change, words) => {
    await prepare(acknowledged(change));
    const { summary, detail } = onlyError(await project.run("apply", "-auto-approve", "-json"));
    expect(summary).toBe("The gate is closed: 1 violation");
    expect(detail).toMatch(words);
    expect(deployed(project, "guarded")).toEqual([]);
  });

  test.each([
    [
      "longer than 90 days",
      { until: `"${day(90)}"` },
      /acknowledged\[0\]\.until .*at most 90 days after since/,
    ],
    ["of a wildcard", { rule: '"dws.dump.*"' }, /acknowledged\[0\]\.rule .*must be the id of a rule/],
    ["without a record", { record: "{}" }, /acknowledged\[0\]\.record must have executor_time/],
    [
      "with a field that no record has",
      { record: `{ executor_time = "${SEEN}", executor = "anna" }` },
      /acknowledged\[0\]\.record.*"?executor"?/,
    ],
    ["until a day that does not exist", { until: '"2026-02-30"' }, /acknowledged\[0\]\.until .*2026-02-30/],
  ])("an acknowledgement %s is refused, and nothing is read", async (_, change, words) => {
    await prepare(acknowledged(change));
    const before = emulator.requests.length;
    const { summary, detail } = onlyError(await project.run("plan", "-json"));
    expect(summary).toMatch(/^Invalid (argument|value of acknowledged)$/);
    expect(detail).toMatch(words);
    expect(emulator.requests).toHaveLength(before);
  });

  test("a misspelled argument of an acknowledgement is refused by validate", async () => {
    await prepare(acknowledged({ untl: '"2026-12-15"' }));
    expect(await project.run("validate", "-json")).toMatchObject({
      code: 1,
      stdout: expect.stringContaining("untl"),
    });
  });
});
