import { sample, startEmulator, type Emulator } from "@auditgate/emulator";
import { gated, gateProject, NO_FAILED_DUMP } from "./gate-project.ts";
import { diagnosticsOf, type Project } from "./project.ts";

jest.setTimeout(120_000);

let emulator: Emulator;
let project: Project;

beforeAll(async () => {
  emulator = await startEmulator();
});
afterAll(async () => {
  project.remove();
  await emulator.close();
});

test("a terminal is shown two records of five, and the outputs have all of them, with the place and what to do", async () => {
  emulator.update(({ clusters }) => {
    const dumps = clusters.find(({ id }) => id === sample.clusters.healthy)?.dumps;
    if (!Array.isArray(dumps)) throw new Error("the sample has changed");
    for (const dump of dumps.slice(0, 5)) {
      Object.assign(dump, { result: "FAILED", failed_reason: `full ${dump.executor_time}` });
    }
  });
  const more = 'output "violations" {\n  value = data.auditgate_gate.gate.violations\n}';
  const policy = `enforcement = "advisory"\n  ${NO_FAILED_DUMP}`;
  project = await gateProject("terraform", emulator, gated(policy, "data", more));
  const applied = await project.run("apply", "-auto-approve", "-json");
  expect(applied.code).toBe(0);
  const [warning] = diagnosticsOf(applied);
  const lines = warning?.detail.split("\n") ?? [];
  expect(lines.filter((line) => line.startsWith("  record "))).toHaveLength(2);
  expect(warning?.detail).toContain("… and 3 more in the outputs");

  interface Violation {
    readonly records: readonly string[];
    readonly subject: string;
    readonly query: string;
    readonly next: string;
  }
  const violations = JSON.parse(
    await project.succeed("output", "-json", "violations"),
  ) as readonly Violation[];
  expect(violations).toEqual([
    expect.objectContaining({
      query: "dws_audit_dump_records",
      subject: sample.clusters.healthy,
      next: expect.stringMatching(/\S/),
    }),
  ]);
  expect(new Set(violations[0]?.records).size).toBe(5);
});
