import { statSync } from "node:fs";
import { join } from "node:path";
import { type Emulator, sample, startEmulator } from "@auditgate/emulator";
import { createProject, diagnosticsOf, type Project } from "./project.ts";

jest.setTimeout(180_000);

const MANY = 20_000;

/** A reading, whole or in figures, with a condition of the author's. */
const changes = (name: string, more = "", condition = "self.complete") => `
data "auditgate_dws_parameter_modification_records" "${name}" {
  cluster_id = "${sample.clusters.busy}"
  ${more}
  lifecycle {
    postcondition {
      condition     = ${condition}
      error_message = "${name} does not hold."
    }
  }
}
`;
const FIGURES = "summary_only = true";

describe.each(["terraform", "tofu"] as const)("with %s", (engine) => {
  let emulator: Emulator;
  let project: Project;

  beforeAll(async () => {
    emulator = await startEmulator();
    project = createProject({ engine, main: changes("figures", FIGURES), env: emulator.env });
    await project.succeed("init");
  });
  afterEach(() => emulator.reset());
  afterAll(async () => {
    project.remove();
    await emulator.close();
  });

  test("20,000 records are read, and their figures are a small state that does not change", async () => {
    emulator.update((data) => {
      data.clusters.find(({ id }) => id === sample.clusters.busy)!.parameterChanges = {
        generate: { count: MANY, newest: "2026-11-01T00:00:00Z", everySeconds: 60 },
      };
    });
    project.rewrite(changes("figures", FIGURES, `self.summary.count == ${MANY} && self.complete`));
    const applied = await project.run("apply", "-auto-approve", "-json");
    expect([applied.code, diagnosticsOf(applied)]).toEqual([0, []]);
    expect(statSync(join(project.folder, "terraform.tfstate")).size).toBeLessThan(10_000);
    expect(await project.run("plan", "-detailed-exitcode")).toMatchObject({ code: 0 });
  });

  test("all but the records is the same, the id too, and a warning names the argument where they are many", async () => {
    project.rewrite(changes("whole") + changes("figures", FIGURES));
    const warnings = diagnosticsOf(await project.run("apply", "-auto-approve", "-json"));
    expect(warnings).toMatchObject([
      {
        severity: "warning",
        summary: expect.stringMatching(/^2600 audit records are kept in the state/),
        detail: expect.stringContaining("Set summary_only"),
      },
    ]);
    const state = await project.state();
    const of = (name: string) => state[`data.auditgate_dws_parameter_modification_records.${name}`];
    expect(of("figures")).toEqual({ ...of("whole"), records: null, summary_only: true });
    expect(of("whole")).toMatchObject({ summary_only: null });
  });

  test.each([
    "length(self.records) == 0",
    "alltrue([for record in self.records : record.failed_reason == null])",
    'alltrue(self.records[*].status == "In-Sync")',
    "!anytrue([for record in self.records : true])",
    "self.records == tolist([])",
  ])("the condition %s does not hold over records that were left out", async (condition) => {
    project.rewrite(changes("figures", FIGURES, condition));
    expect((await project.run("plan")).code).toBe(1);
    project.rewrite(changes("figures", FIGURES));
    expect((await project.run("plan")).code).toBe(0);
  });
});
