import { cpSync, existsSync, globSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { verifyEvidence } from "@auditgate/core";
import { sample, startEmulator, type Emulator } from "@auditgate/emulator";
import { blocksOf } from "../../../test/page-blocks.ts";
import { createProject, type Project } from "./project.ts";
import { changeNewestDump } from "./gate-project.ts";

jest.setTimeout(120_000);

const EXAMPLE = "examples/terraform-gate";
const SAVED_PLAN = join(EXAMPLE, "saved-plan");
const IN_MODULE = join(EXAMPLE, "module");
const CLUSTERS = join(EXAMPLE, "clusters");
const EVIDENCE = join(EXAMPLE, "evidence");

/** A copy of an example's files, with the provider in place. */
function copyOf(example: string, engine: "terraform" | "tofu", { env }: Emulator): Project {
  const project = createProject({
    engine,
    env: { ...env, AUDITGATE_MAX_RETRIES: "0", TF_VAR_cluster_id: sample.clusters.healthy },
    main: "",
  });
  rmSync(join(project.folder, "main.tf"));
  const files = globSync("**/*.tf", { cwd: example }).filter(
    (name) => example !== EXAMPLE || !name.includes("/"),
  );
  for (const file of files) cpSync(join(example, file), join(project.folder, file));
  return project;
}

function releases({ folder }: Project): string {
  const file = join(folder, "deployed.txt");
  return existsSync(file) ? readFileSync(file, "utf8") : "";
}

describe.each(["terraform", "tofu"] as const)("with %s", (engine) => {
  let emulator: Emulator;
  let project: Project;

  beforeEach(async () => {
    emulator = await startEmulator();
  });
  afterEach(async () => {
    project.remove();
    await emulator.close();
  });

  const failDump = () =>
    changeNewestDump(emulator, { result: "FAILED", failed_reason: "The bucket is full." });

  test("the example deploys, is blocked with the reasons, and deploys again", async () => {
    project = copyOf(EXAMPLE, engine, emulator);
    await project.succeed("init");
    await project.succeed("apply", "-auto-approve");
    expect(releases(project)).toBe("1.0.0\n");

    failDump();
    for (const command of [["plan"], ["apply", "-auto-approve"]]) {
      const { code, stderr } = await project.run(...command, "-no-color", "-var=release=1.1.0");
      expect(code).toBe(1);
      expect(stderr).toContain("Error: The gate is closed: 1 violation");
      expect(stderr).toMatch(/^  found +1 failed dump$/m);
      expect(stderr).toContain("The bucket is full.");
    }
    expect(releases(project)).toBe("1.0.0\n");

    await emulator.reset();
    await project.succeed("apply", "-auto-approve", "-var=release=1.1.0");
    expect(releases(project)).toBe("1.0.0\n1.1.0\n");
  });

  test.each([
    ["saved plans", SAVED_PLAN],
    ["modules", IN_MODULE],
  ])("the example for %s stops a plan that was made while all was well", async (_, example) => {
    project = copyOf(example, engine, emulator);
    await project.succeed("init");
    await project.succeed("apply", "-auto-approve");
    await project.succeed("plan", "-out=release.plan", "-var=release=1.1.0");

    failDump();
    const before = await project.state();
    const { code, stderr } = await project.run("apply", "-no-color", "release.plan");
    expect(code).toBe(1);
    expect(stderr).toContain("Error: The gate is closed: 1 violation");
    expect(releases(project)).toBe("1.0.0\n");
    expect(await project.state()).toEqual(before);

    await emulator.reset();
    await project.succeed("plan", "-out=release.plan", "-var=release=1.1.0");
    await project.succeed("apply", "release.plan");
    expect(releases(project)).toBe("1.0.0\n1.1.0\n");
  });

  test("the example with evidence leaves a file that the digest in the state proves, also of a closed gate", async () => {
    project = copyOf(EVIDENCE, engine, emulator);
    const check = (digests = {}) => verifyEvidence(join(project.folder, "evidence.jsonl"), digests);
    await project.succeed("init");
    await project.succeed("apply", "-auto-approve");
    const verdictDigest: string = JSON.parse(await project.succeed("output", "-json", "verdict_digest"));
    expect(await check({ verdictDigest })).toMatchObject({ valid: true });
    failDump();
    expect(await project.run("plan")).toMatchObject({ code: 1 });
    expect(await check()).toMatchObject({ valid: true });
    expect(await check({ verdictDigest })).toMatchObject({ valid: false });
  });

  test("the example with a gate for each cluster deploys nothing where there is no cluster, or one is not in order", async () => {
    project = copyOf(CLUSTERS, engine, emulator);
    await project.succeed("init");
    const apply = (...ids: string[]) =>
      project.run("apply", "-no-color", "-auto-approve", `-var=cluster_ids=${JSON.stringify(ids)}`);
    const none = await apply();
    expect(none.code).toBe(1);
    expect(none.stderr).toContain("No gate has judged this release: cluster_ids is empty.");
    const { healthy, failedDump } = sample.clusters;
    expect((await apply(healthy, failedDump)).stderr).toContain("Error: The gate is closed: 1 violation");
    expect(releases(project)).toBe("");
    expect(await apply(healthy)).toMatchObject({ code: 0 });
    expect(releases(project)).toBe("1.0.0\n");
  });
});

test("the page shows the example's own files", () => {
  const shown = blocksOf("docs/gate-terraform.md", "hcl");
  const files = globSync(`${EXAMPLE}/**/*.tf`).map((file) => readFileSync(file, "utf8"));
  expect(shown.length).toBeGreaterThan(2);
  for (const code of shown) expect(files.some((file) => file.includes(code))).toBe(true);
});
