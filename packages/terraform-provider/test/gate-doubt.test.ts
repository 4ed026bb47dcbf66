import { sample, startEmulator, type Emulator } from "@auditgate/emulator";
import {
  changeNewestDump,
  deployed,
  failNewestDump,
  gated,
  gateProject,
  NO_FAILED_DUMP,
  noFailedDump,
  onlyError,
  stateOf,
} from "./gate-project.ts";
import { diagnosticsOf, type Project } from "./project.ts";

jest.setTimeout(120_000);

const { clusters, newcomer } = sample;

describe.each(["terraform", "tofu"] as const)("with %s", (engine) => {
  let emulator: Emulator;
  let project: Project;
  const projects: Project[] = [];

  beforeAll(async () => {
    emulator = await startEmulator();
  });
  afterEach(async () => {
    for (const each of projects.splice(0)) each.remove();
    await emulator.reset();
  });
  afterAll(() => emulator.close());

  async function prepare(main: string, env: NodeJS.ProcessEnv = {}): Promise<void> {
    project = await gateProject(engine, emulator, main, env);
    projects.push(project);
  }

  const dumpsOf = (cluster: string) => noFailedDump(`"${cluster}"`);

  /** What may keep a gate from knowing, and the violation that this is. */
  const doubts: readonly (readonly [string, string, () => void, NodeJS.ProcessEnv, RegExp])[] = [
    [
      "an incomplete reading",
      NO_FAILED_DUMP,
      () => void emulator.inject({ on: "dumps", total: { add: 5 } }),
      {},
      /^complete: .*cannot be proved complete \(total-mismatch/s,
    ],
    [
      "a service that cannot be reached",
      NO_FAILED_DUMP,
      () => void emulator.inject({ on: "dumps", connection: "reset" }),
      {},
      /^readable: .*ERR_CONNECTION/s,
    ],
    [
      "a service that fails",
      NO_FAILED_DUMP,
      () => void emulator.inject({ on: "dumps", status: 500 }),
      {},
      /^readable: .*ERR_SERVER/s,
    ],
    [
      "a page of a gateway instead of an answer",
      NO_FAILED_DUMP,
      () => void emulator.inject({ on: "dumps", status: 200, body: "html" }),
      {},
      /^readable: .*ERR_RESPONSE/s,
    ],
    [
      "a user who may not read",
      NO_FAILED_DUMP,
      () => undefined,
      { AUDITGATE_ACCESS_KEY: newcomer.accessKey, AUDITGATE_SECRET_KEY: newcomer.secretKey },
      /^readable: .*ERR_FORBIDDEN.*Grant the action dws:cluster:listAuditLog/s,
    ],
    [
      "a wrong key",
      NO_FAILED_DUMP,
      () => undefined,
      { AUDITGATE_SECRET_KEY: "c4nary-of-a-wrong-key" },
      /^readable: .*ERR_UNAUTHENTICATED/s,
    ],
    [
      "a cluster that is not there",
      dumpsOf(clusters.unknown),
      () => undefined,
      {},
      /^readable: .*ERR_NOT_FOUND/s,
    ],
    [
      "a result that nobody has explained",
      NO_FAILED_DUMP,
      () => changeNewestDump(emulator, { result: "PARTIAL" }),
      {},
      /^max_failures: .*"PARTIAL".*name their values in success_results/s,
    ],
    [
      "no result",
      NO_FAILED_DUMP,
      () => changeNewestDump(emulator, { result: null }),
      {},
      /^max_failures: .*1 dump with null/s,
    ],
  ];

  test.each(doubts)("%s never passes", async (_, policy, happen, env, detail) => {
    await prepare(gated(policy), env);
    happen();
    const error = onlyError(await project.run("apply", "-auto-approve", "-json"));
    expect(error.summary).toBe("The gate is closed: 1 violation");
    expect(error.detail).toMatch(detail);
    expect(error.detail).not.toContain("c4nary");
    expect(stateOf(project)).toBe("");
    expect(deployed(project, "guarded")).toEqual([]);
  });

  test("on_error warns of what cannot be read, and still does not say that it has passed", async () => {
    await prepare(gated(`on_error = "warn"\n${NO_FAILED_DUMP}`));
    emulator.inject({ on: "dumps", status: 403 });
    const apply = await project.run("apply", "-auto-approve", "-json");
    expect(apply.code).toBe(0);
    expect(diagnosticsOf(apply)).toMatchObject([
      { severity: "warning", detail: expect.stringMatching(/^readable: .*\(a warning only\)/) },
    ]);
    expect((await project.state())["data.auditgate_gate.gate"]).toMatchObject({
      passed: false,
      violations: [{ rule: "readable", kind: "error", code: "ERR_FORBIDDEN", blocking: false }],
    });
    await emulator.clearFaults();
    failNewestDump(emulator);
    onlyError(await project.run("plan", "-json"));
  });

  const FROM_RESOURCE = `
resource "terraform_data" "cluster" {
  input = "${clusters.healthy}"
}`;

  test.each(["data", "ephemeral"] as const)(
    "a gate as %s that depends on what is not there yet is evaluated once it is, before what it guards",
    async (kind) => {
      const policy = noFailedDump("terraform_data.cluster.output");
      await prepare(gated(policy, kind, FROM_RESOURCE));
      failNewestDump(emulator);
      const before = emulator.requests.length;
      expect(await project.run("plan", "-detailed-exitcode")).toMatchObject({ code: 2 });
      expect(emulator.requests).toHaveLength(before);
      const error = onlyError(await project.run("apply", "-auto-approve", "-json"));
      expect(error.summary).toBe("The gate is closed: 1 violation");
      expect(deployed(project, "guarded")).toEqual([]);
      expect(Object.keys(await project.state())).toEqual(["terraform_data.cluster", "terraform_data.other"]);
      await emulator.reset();
      await project.succeed("apply", "-auto-approve");
      expect(deployed(project, "guarded")).toEqual(["one"]);
    },
  );

  test("a check on a gate says at plan time that it is put off, and nothing where it is judged", async () => {
    const check = `
      check "judged_at_plan_time" {
        assert {
          condition     = data.auditgate_gate.gate.passed
          error_message = "The gate has not passed."
        }
      }`;
    await prepare(gated(noFailedDump("terraform_data.cluster.output"), "data", FROM_RESOURCE + check));
    expect(diagnosticsOf(await project.run("plan", "-json"))).toMatchObject([
      { severity: "warning", summary: "Check block assertion known after apply" },
    ]);
    await project.succeed("apply", "-auto-approve");
    expect(diagnosticsOf(await project.run("plan", "-json"))).toEqual([]);
  });

  test("a policy that cannot be right is found by validate, unknown parts aside", async () => {
    await prepare(
      gated(
        `enforcement = "of"
dws_audit_dump_records {
  cluster_ids = ["${clusters.healthy}"]
  max_age = "1 day"
}
dds_audit_logs {
  instance_ids = [terraform_data.cluster.output]
  within = "7d"
  min_logs = 0
}`,
        "data",
        FROM_RESOURCE,
      ),
    );
    const { diagnostics }: { diagnostics: { detail: string }[] } = JSON.parse(
      (await project.run("validate", "-json")).stdout,
    );
    expect(diagnostics.toSorted((a, b) => (a.detail < b.detail ? -1 : 1))).toMatchObject([
      {
        detail: "dds_audit_logs[0].min_logs must be a whole number of at least 1, not 0.",
        snippet: { code: expect.stringContaining("min_logs = 0") },
      },
      {
        detail: expect.stringMatching(
          /^dws_audit_dump_records\[0\]\.max_age must be a whole number and a unit .*, not "1 day"\.$/,
        ),
        snippet: { code: expect.stringContaining("max_age = ") },
      },
      {
        detail: 'enforcement must be "mandatory" or "advisory", not "of".',
        snippet: { code: expect.stringContaining("enforcement = ") },
      },
    ]);
  });

  test.each([
    [
      `dds_audit_logs {\n  instance_ids = ["i"]\n  within = "7d"\n}`,
      /dds_audit_logs\[0\] has no rule: give node_ids, max_gap/,
      "instance_ids = ",
    ],
    ["", /demands nothing: give dws_audit_dump_records, /, 'data "auditgate_gate"'],
  ])(
    "the policy %s is refused by plan at its place, before anything is read",
    async (policy, detail, code) => {
      await prepare(gated(policy));
      const before = emulator.requests.length;
      const error = onlyError(await project.run("plan", "-json"));
      expect(error).toMatchObject({
        summary: "Invalid argument",
        detail: expect.stringMatching(detail),
        snippet: { code: expect.stringContaining(code) },
      });
      expect(error.detail).toContain("ERR_ARGUMENT");
      expect(emulator.requests).toHaveLength(before);
    },
  );

  test.each([
    ["UTC", 0],
    ["Asia/Shanghai", 2],
    ["America/New_York", -2],
  ])("in the zone %s, with a clock that is off by %d hours, the verdicts are the same", async (TZ, hours) => {
    const elsewhere = await startEmulator({ now: () => new Date(Date.now() + hours * 3_600_000) });
    try {
      for (const [policy, code] of [
        [`cluster_ids = ["${clusters.healthy}"]\nmax_age = "2h"\nmax_gap = "1h"`, 0],
        [`cluster_ids = ["${clusters.failedDump}"]\nmax_age = "90m"`, 1],
      ] as const) {
        const env = { TZ, LANG: "de_DE.UTF-8" };
        const main = gated(`dws_audit_dump_records {\n${policy}\n}`);
        projects.push((project = await gateProject(engine, elsewhere, main, env)));
        expect(await project.run("plan")).toMatchObject({ code });
      }
    } finally {
      await elsewhere.close();
    }
  });
});
