import { cpSync, globSync } from "node:fs";
import { join } from "node:path";
import { type Emulator, sample, startEmulator } from "@auditgate/emulator";
import { createProject, type Project } from "../packages/terraform-provider/test/project.ts";

jest.setTimeout(180_000);

const EXAMPLE = "examples/terraform-mocks";

describe.each(["terraform", "tofu"] as const)("examples/terraform-mocks with %s", (engine) => {
  let emulator: Emulator;
  let project: Project;

  beforeAll(async () => {
    emulator = await startEmulator();
    project = createProject({ engine, main: "", env: emulator.env });
    for (const file of globSync("*.{tf,hcl}", { cwd: EXAMPLE }))
      cpSync(join(EXAMPLE, file), join(project.folder, file));
    await project.succeed("init", "-input=false");
  });
  afterEach(() => emulator.reset());
  afterAll(async () => {
    project.remove();
    await emulator.close();
  });

  const run = async (name: string) => {
    // OpenTofu takes the file that is for it alone.
    const file = name === "mocked" && engine === "tofu" ? "mocked.tofutest.hcl" : `${name}.tftest.hcl`;
    const { code, stdout, stderr } = await project.run("test", "-no-color", `-filter=${file}`);
    return { code, output: stdout + stderr };
  };

  test("its mocks need no service, for a gate that has passed and one that has not", async () => {
    const { code, output } = await run("mocked");
    expect([code, output]).toEqual([0, expect.stringContaining("2 passed, 0 failed")]);
    expect(emulator.requests).toEqual([]);
  });

  test("its tests of the real provider pass while the trail is as they say", async () => {
    const { code, output } = await run("emulator");
    expect([code, output]).toEqual([0, expect.stringContaining("3 passed, 0 failed")]);
    expect(emulator.requests.length).toBeGreaterThan(0);
  });

  test("they fail where it is not: a mandatory gate with the reasons, which nothing can expect", async () => {
    emulator.update((data) => {
      const dumps = data.clusters.find(({ id }) => id === sample.clusters.healthy)?.dumps;
      if (!Array.isArray(dumps)) throw new Error("the sample has changed");
      Object.assign(dumps[0] ?? {}, { result: "FAILED", failed_reason: "The bucket is full." });
    });
    const { code, output } = await run("emulator");
    expect([code, output]).toEqual([1, expect.stringContaining("The gate is closed: 1 violation")]);
    expect(output).toContain('run "an_open_gate_lets_through"... fail');
  });
});
