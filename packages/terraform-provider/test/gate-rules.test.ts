import { sample, startEmulator, type Emulator } from "@auditgate/emulator";
import { providerSchema } from "../src/schema.ts";
import { deployed, gated, gateProject, noFailedDump, onlyError, stateOf } from "./gate-project.ts";
import { diagnosticsOf, type Project } from "./project.ts";

jest.setTimeout(120_000);

const { clusters, instances, nodes } = sample;
const list = (ids: readonly string[]) => JSON.stringify(ids);

/** Every rule, kept. */
const KEPT = `
  dws_audit_dump_records {
    cluster_ids = ["${clusters.healthy}"]
    within = "7d"
    max_age = "3h"
    max_failures = 0
    max_gap = "1h"
    max_running = "3h"
    bucket_name = "audit-archive"
    location_prefix = "dws"
    time_zone = "+00:00"
    success_results = ["SUCCESS"]
    failed_results = ["FAILED"]
  }
  dws_parameter_modification_records {
    cluster_ids = ["${clusters.healthy}"]
    within = "30d"
    no_pending = true
    max_failed = 0
    max_changes = 100
    allowed_operators = ["dba-anna", "dba-tomas", "automation"]
    freeze_windows {
      start = "2020-12-20T00:00:00"
      end = "2021-01-02T00:00:00"
      time_zone = "Europe/Berlin"
    }
  }
  dds_audit_logs {
    instance_ids = ["${instances.healthy}"]
    within = "7d"
    node_ids = ${list(nodes.healthy)}
    max_gap = "2h"
    max_age = "3h"
    min_logs = 100
    max_total_bytes = 10000000000000
  }`;

/** Every rule, broken. */
const BROKEN = `
  dws_audit_dump_records {
    cluster_ids = ["${clusters.failedDump}"]
    max_failures = 0
    max_age = "1h"
    bucket_name = "elsewhere"
    location_prefix = "other"
  }
  dws_audit_dump_records {
    cluster_ids = ["${clusters.empty}"]
    max_gap = "1h"
  }
  dws_audit_dump_records {
    cluster_ids = ["${clusters.runningDump}"]
    max_running = "30m"
  }
  dws_parameter_modification_records {
    cluster_ids = ["${clusters.pendingChanges}"]
    no_pending = true
    max_failed = 0
    max_changes = 0
    allowed_operators = ["nobody"]
    freeze_windows {
      start = "2020-01-01T00:00:00Z"
      end = "2100-01-01T00:00:00Z"
    }
  }
  dds_audit_logs {
    instance_ids = ["${instances.silentNode}"]
    within = "1d"
    node_ids = ${list(nodes.silentNode)}
    min_logs = 100000
    max_total_bytes = 1
  }
  dds_audit_logs {
    instance_ids = ["${instances.silentNode}"]
    within = "7d"
    max_gap = "2h"
  }
  dds_audit_logs {
    instance_ids = ["${instances.empty}"]
    within = "1d"
    max_age = "2h"
  }`;

const NO_RULES = ["cluster_ids", "instance_ids", "except", "within", "time_zone"];

/** `query rule` for every rule that there is. */
const RULES = Object.entries(providerSchema.dataSources["auditgate_gate"]?.attributes ?? {}).flatMap(
  ([query, { nested, computed }]) =>
    Object.keys(computed || query === "acknowledged" ? {} : (nested?.attributes ?? {}))
      .filter((name) => !NO_RULES.includes(name) && !/_(results|statuses)$/.test(name))
      .map((name) => `${query} ${name}`),
);

describe.each(["terraform", "tofu"] as const)("with %s", (engine) => {
  let emulator: Emulator;
  let project: Project;

  beforeAll(async () => {
    emulator = await startEmulator();
  });
  afterEach(() => project.remove());
  afterAll(() => emulator.close());

  const prepare = async (policy: string, more = "") => {
    project = await gateProject(engine, emulator, gated(policy, "data", more));
  };

  test("every rule can be kept, over all three queries at once", async () => {
    await prepare(KEPT);
    await project.succeed("apply", "-auto-approve");
    const { "data.auditgate_gate.gate": gate } = await project.state();
    expect(gate).toMatchObject({
      passed: true,
      blocking: false,
      violations: [],
      evidence_digest: expect.stringMatching(/^[\da-f]{64}$/),
      id: expect.stringMatching(/^[\da-f]{32}$/),
      region: sample.region,
      project_id: sample.project.id,
    });
    expect(deployed(project, "guarded")).toEqual(["one"]);
    expect(await project.run("plan", "-detailed-exitcode")).toMatchObject({ code: 0, stderr: "" });
  });

  test("every rule can be broken, and one error says of all of them what was expected and found", async () => {
    await prepare(BROKEN);
    for (const command of [["plan"], ["apply", "-auto-approve"]]) {
      const { summary, detail } = onlyError(await project.run(...command, "-json"));
      expect(summary).toMatch(/^The gate is closed: \d+ violations$/);
      const blocks = detail.split("\n\n");
      expect(blocks.pop()).toBe(
        `Looked at project ${sample.project.id} in ${sample.region}, signed in by AUDITGATE_ACCESS_KEY.`,
      );
      for (const rule of new Set(RULES.map((each) => each.split(" ")[1]))) {
        expect(blocks.filter((block) => block.startsWith(`${rule}: `)).length).toBeGreaterThan(0);
      }
      for (const block of blocks) expect(block).toMatch(/\n  expected  .+\n  found     .+\n.*  next      /s);
    }
    expect(stateOf(project)).toBe("");
    expect(deployed(project, "guarded")).toEqual([]);
  });

  test("advisory, a gate with every rule broken warns once, and gives out each violation", async () => {
    await prepare(
      `enforcement = "advisory"\n${BROKEN}`,
      `output "rules" {
         value = sort(distinct([for v in data.auditgate_gate.gate.violations : "\${v.query} \${v.rule}"]))
       }`,
    );
    const plan = await project.run("plan", "-json");
    expect(plan.code).toBe(0);
    expect(diagnosticsOf(plan)).toMatchObject([
      {
        severity: "warning",
        summary: expect.stringMatching(/^The gate has not passed, but only warns: \d+ violations \(.+\)$/),
        detail: expect.stringContaining("max_running: audit-log dumps of DWS cluster"),
      },
    ]);
    await project.succeed("apply", "-auto-approve");
    const outputs = JSON.parse(await project.succeed("output", "-json"));
    expect(outputs.rules.value).toEqual(RULES.toSorted((a, b) => (a < b ? -1 : 1)));
    expect(deployed(project, "guarded")).toEqual(["one"]);
  });

  test("the warnings of two advisory gates are shown with the reasons of both", async () => {
    const advisory = (cluster: string) => `enforcement = "advisory"\n${noFailedDump(`"${cluster}"`)}`;
    emulator.update((data) => {
      const dumps = data.clusters.find(({ id }) => id === clusters.healthy)?.dumps;
      if (!Array.isArray(dumps)) throw new Error("the sample has changed");
      Object.assign(dumps[0] ?? {}, { result: "FAILED", failed_reason: "Of the other gate." });
    });
    await prepare(
      advisory(clusters.failedDump),
      `data "auditgate_gate" "other" {\n  ${advisory(clusters.healthy)}\n}`,
    );
    const plan = await project.run("plan", "-no-color");
    await emulator.reset();
    expect(plan.code).toBe(0);
    const said = plan.stdout + plan.stderr;
    for (const cluster of [clusters.failedDump, clusters.healthy])
      expect(said).toContain(`but only warns: 1 violation (dws.dump.max-failures of ${cluster})`);
    expect(said).toContain("Of the other gate.");
    expect(said).toContain("The OBS bucket audit-archive does not exist");
    expect(said).not.toContain("more similar warning");
  });

  test("a precondition makes a violation of an advisory gate fail one resource alone", async () => {
    await prepare(
      `enforcement = "advisory"\n${noFailedDump(`"${clusters.failedDump}"`)}`,
      `resource "terraform_data" "strict" {
         lifecycle {
           precondition {
             condition     = data.auditgate_gate.gate.passed
             error_message = join("\\n", data.auditgate_gate.gate.violations[*].message)
           }
         }
       }`,
    );
    const { detail } = onlyError(await project.run("apply", "-auto-approve", "-json"));
    expect(detail).toMatch(/Expected at most 0 failed dumps, found 1 failed dump\./);
    expect(Object.keys(await project.state())).not.toContain("terraform_data.strict");
  });
});
