import { readFileSync } from "node:fs";
import { type Emulator, sample, startEmulator } from "@auditgate/emulator";
import { createProject, type Project } from "../packages/terraform-provider/test/project.ts";

jest.setTimeout(180_000);

describe.each(["terraform", "tofu"] as const)("examples/terraform-listings with %s", (engine) => {
  let emulator: Emulator;
  let project: Project;

  beforeAll(async () => {
    emulator = await startEmulator();
    project = createProject({ engine, env: { ...emulator.env }, main: "" });
    project.write("main.tf", readFileSync("examples/terraform-listings/main.tf", "utf8"));
    await project.succeed("init", "-input=false");
  });

  afterEach(() => emulator.reset());
  afterAll(async () => {
    project.remove();
    await emulator.close();
  });

  test("says which clusters are not watched over, and on which nodes audit logs are", async () => {
    emulator.update((data) => {
      data.instances[0]!.mode = "Sharding";
    });
    const expected = JSON.stringify([sample.clusters.healthy]);
    await project.succeed("apply", "-input=false", "-auto-approve", `-var=expected_clusters=${expected}`);
    const outputs = JSON.parse(await project.succeed("output", "-json")) as {
      readonly [name: string]: { readonly value: unknown };
    };
    const own = emulator.data.clusters.filter(({ projectId }) => projectId === sample.project.id);
    expect(outputs["clusters_by_status"]?.value).toEqual({ AVAILABLE: own.length });
    expect(outputs["unexpected_clusters"]?.value).toEqual(
      own.map(({ name }) => name).filter((name) => name !== "healthy"),
    );
    expect(outputs["audited_nodes"]?.value).toEqual({ healthy: sample.nodes.healthy });
  });

  test("a cluster that is frozen stops a plan that was saved before", async () => {
    await project.succeed("plan", "-input=false", "-out=before.plan", "-var=release=1.1.0");
    emulator.update((data) => {
      data.clusters[0]!.info = { status: "FROZEN" };
    });
    const { code, stderr } = await project.run("apply", "-input=false", "before.plan");
    expect([code, stderr.replaceAll(/[\s│]+/g, " ")]).toEqual([
      1,
      expect.stringContaining("A DWS cluster is frozen"),
    ]);
  });
});
