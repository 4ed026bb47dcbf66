import { cpSync } from "node:fs";
import { join } from "node:path";
import { type Emulator, sample, startEmulator } from "@auditgate/emulator";
import { createProject } from "../packages/terraform-provider/test/project.ts";

jest.setTimeout(180_000);

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator();
});
afterEach(() => emulator.reset());
afterAll(() => emulator.close());

const failDump = () =>
  emulator.update((data) => {
    const dumps = data.clusters.find(({ id }) => id === sample.clusters.healthy)?.dumps;
    if (!Array.isArray(dumps)) throw new Error("the sample has changed");
    Object.assign(dumps[0] ?? {}, { result: "FAILED", failed_reason: "The bucket is full." });
  });

const CASES = (["terraform", "tofu"] as const).flatMap((engine) => [
  { engine, condition: "check", code: 0, deployed: [], says: "Warning: Check block assertion failed" },
  {
    engine,
    condition: "precondition",
    code: 1,
    deployed: ["deployment"],
    says: "Error: Resource precondition failed",
  },
  {
    engine,
    condition: "postcondition",
    code: 1,
    deployed: ["deployment"],
    says: "Error: Resource postcondition failed",
  },
]);

test.each(CASES)(
  "examples/terraform-conditions/$condition with $engine: $says",
  async ({ engine, condition, code, deployed, says }) => {
    const env = { ...emulator.env, TF_VAR_cluster_id: sample.clusters.healthy };
    const project = createProject({ engine, main: "", env });
    try {
      cpSync(join("examples/terraform-conditions", condition, "main.tf"), join(project.folder, "main.tf"));
      await project.succeed("init", "-no-color");
      failDump();
      const closed = await project.run("apply", "-auto-approve", "-no-color");
      expect([closed.code, closed.stdout + closed.stderr]).toEqual([code, expect.stringContaining(says)]);
      expect(closed.stdout + closed.stderr).toContain("1 audit-log dumps failed.");
      const resources = async () =>
        (await project.run("state", "list")).stdout.match(/^terraform_data\.\w+/gm) ?? [];
      expect(await resources()).toEqual([]);
      await emulator.reset();
      const open = await project.succeed("apply", "-auto-approve", "-no-color");
      expect(open).not.toContain("audit-log dumps failed");
      expect(await resources()).toEqual(deployed.map((name) => `terraform_data.${name}`));
    } finally {
      project.remove();
    }
  },
);
