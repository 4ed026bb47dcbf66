import { readFileSync } from "node:fs";
import { type Emulator, type EmulatorData, sample, startEmulator } from "@auditgate/emulator";
import { createProject, type Project } from "../packages/terraform-provider/test/project.ts";

jest.setTimeout(180_000);

describe.each(["terraform", "tofu"] as const)("examples/terraform-ephemeral with %s", (engine) => {
  let emulator: Emulator;
  let project: Project;

  beforeAll(async () => {
    emulator = await startEmulator();
    const env = {
      ...emulator.env,
      TF_VAR_cluster_id: sample.clusters.healthy,
      TF_VAR_instance_id: sample.instances.healthy,
    };
    project = createProject({ engine, env, main: "" });
    project.write("main.tf", readFileSync("examples/terraform-ephemeral/main.tf", "utf8"));
    await project.succeed("init", "-input=false");
  });

  afterEach(() => emulator.reset());
  afterAll(async () => {
    project.remove();
    await emulator.close();
  });

  test("a plan saved while all was well applies, and keeps nothing that was read", async () => {
    await project.succeed("plan", "-input=false", "-out=healthy.plan");
    await project.succeed("apply", "-input=false", "healthy.plan");
    const state = await project.succeed("state", "pull");
    expect(state).toContain('"terraform_data"');
    expect(state).not.toContain(sample.clusters.healthy);
    expect((await project.run("plan", "-input=false", "-detailed-exitcode")).code).toBe(0);
  });

  test.each([
    [
      "a dump failed",
      "Audit-log dumps of the cluster failed.",
      (data: EmulatorData) => Object.assign(first(data.clusters, "dumps"), { failed_reason: "No bucket." }),
    ],
    [
      "a parameter was changed and not applied",
      "Parameter changes of the cluster are pending.",
      (data: EmulatorData) =>
        Object.assign(first(data.clusters, "parameterChanges"), { status: "Pending-Reboot" }),
    ],
    [
      "the audit logs were gone",
      "The instance wrote no audit logs in seven days.",
      (data: EmulatorData) => data.instances.forEach((instance) => (instance.auditLogs = [])),
    ],
  ])("a plan saved before %s is stopped when it is applied", async (_, message, change) => {
    await project.succeed("plan", "-input=false", "-out=before.plan", "-var=release=1.1.0");
    emulator.update((data) => {
      change(data);
    });
    const { code, stderr } = await project.run("apply", "-input=false", "before.plan");
    expect([code, stderr.replaceAll(/[\s│]+/g, " ")]).toEqual([1, expect.stringContaining(message)]);
    expect(await project.succeed("state", "pull")).toMatch(/"output":\s*\{\s*"value":\s*"1\.0\.0"/);
  });
});

/** The newest record of that kind of the healthy cluster. */
function first(clusters: EmulatorData["clusters"], kind: "dumps" | "parameterChanges"): object {
  const records = clusters.find(({ id }) => id === sample.clusters.healthy)?.[kind];
  if (!Array.isArray(records) || !records[0]) throw new Error(`the sample data has no ${kind}`);
  return records[0];
}
