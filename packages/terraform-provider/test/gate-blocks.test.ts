import { sample, startEmulator, type Emulator } from "@auditgate/emulator";
import { deployed, failNewestDump, gated, gateProject, NO_FAILED_DUMP, onlyError } from "./gate-project.ts";
import type { Outcome, Project } from "./project.ts";

jest.setTimeout(120_000);

const { clusters } = sample;
const ids = `cluster_ids = ["${clusters.healthy}"]`;
const aged = `${ids}\n  max_age = "24h"`;

/** What a hasty author writes, and the word of it that nobody knows. */
const MISTAKES: readonly (readonly [string, string, string])[] = [
  [
    "a misspelled rule beside a right one",
    `dws_audit_dump_records {\n  ${aged}\n  max_failure = 0\n}`,
    "max_failure",
  ],
  ["a name as in TypeScript", `dws_audit_dump_records {\n  ${aged}\n  maxFailures = 0\n}`, "maxFailures"],
  [
    "a misspelled argument of a freeze window",
    `dws_parameter_modification_records {
      ${ids}
      freeze_windows {
        start    = "2026-12-20T00:00:00"
        end      = "2027-01-02T00:00:00"
        timezone = "Europe/Berlin"
      }
    }`,
    "timezone",
  ],
  [
    "a misspelled rule of logs",
    `dds_audit_logs {\n  instance_ids = ["i"]\n  within = "7d"\n  max_gap = "2h"\n  min_log = 3\n}`,
    "min_log",
  ],
  [
    "a misspelled set of rules",
    `${NO_FAILED_DUMP}\ndds_audit_log {\n  instance_ids = ["i"]\n}`,
    "dds_audit_log",
  ],
  [
    "rules as a list of objects",
    `dws_audit_dump_records = [{ ${ids}, max_failures = 0 }]`,
    "dws_audit_dump_records",
  ],
  ["a misspelled argument of the gate", `enforced = "advisory"\n${NO_FAILED_DUMP}`, "enforced"],
];

const ASSUMED = `assume_role {\n  agency_name = "a"\n  agency_domain = "d"\n}`;

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

  const prepare = async (main: string) => {
    project = await gateProject(engine, emulator, main);
  };

  test.each(MISTAKES)("%s is refused by validate and by plan", async (_, policy, word) => {
    await prepare(gated(policy));
    const validated = reportOf(await project.run("validate", "-json"));
    expect(validated).toMatchObject({ valid: false, error_count: 1 });
    expect(JSON.stringify(validated)).toContain(word);
    const before = emulator.requests.length;
    expect(await project.run("plan")).toMatchObject({ code: 1 });
    expect(emulator.requests).toHaveLength(before);
  });

  test("a misspelled rule is refused in JSON as well", async () => {
    await prepare("");
    const rules = { cluster_ids: [clusters.healthy], max_age: "24h", max_failure: 0 };
    const gate = { auditgate_gate: { gate: { dws_audit_dump_records: [rules] } } };
    project.write("gate.tf.json", JSON.stringify({ data: gate }));
    const validated = reportOf(await project.run("validate", "-json"));
    expect(validated).toMatchObject({ valid: false, error_count: 1 });
    expect(JSON.stringify(validated)).toContain("max_failure");
  });

  test.each([
    [`endpoints = { dsw = "https://dws.example.com" }`, /are "dws", "dds", "iam".*; there is no "dsw"\./],
    [ASSUMED, /"agency_domain"/],
  ])("in the provider's own configuration, %s is refused", async (argument, detail) => {
    await prepare(`provider "auditgate" {\n  ${argument}\n}\n${gated(NO_FAILED_DUMP)}`);
    const { diagnostics } = reportOf(await project.run("validate", "-json"));
    expect(diagnostics).toMatchObject([{ severity: "error", detail: expect.stringMatching(detail) }]);
  });

  test("dynamic blocks are rules like others, and put off where they are not known", async () => {
    const dynamic = (ids: string) => `
      dynamic "dws_audit_dump_records" {
        for_each = ${ids}
        content {
          cluster_ids  = [dws_audit_dump_records.value]
          max_failures = 0
        }
      }`;
    const cluster = `resource "terraform_data" "clusters" {\n  input = ["${clusters.healthy}"]\n}`;
    await prepare(gated(dynamic(`["${clusters.healthy}"]`)));
    await project.succeed("apply", "-auto-approve");
    failNewestDump(emulator);
    onlyError(await project.run("plan", "-json"));
    project.remove();
    await emulator.reset();

    await prepare(gated(dynamic("terraform_data.clusters.output"), "data", cluster));
    failNewestDump(emulator);
    const before = emulator.requests.length;
    expect(await project.run("plan", "-detailed-exitcode")).toMatchObject({ code: 2 });
    expect(emulator.requests).toHaveLength(before);
    onlyError(await project.run("apply", "-auto-approve", "-json"));
    expect(deployed(project, "guarded")).toEqual([]);
  });
});

/** What `validate -json` says. */
function reportOf({ stdout }: Outcome): { readonly diagnostics: readonly unknown[] } {
  return JSON.parse(stdout) as { readonly diagnostics: readonly unknown[] };
}
