import { cpSync, mkdtempSync, realpathSync, rmSync } from "node:fs";
import { spawn } from "node:child_process";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { type Emulator, sample, startEmulator } from "@auditgate/emulator";
import { engines } from "../scripts/engines/locate.ts";
import { placeProvider } from "../packages/terraform-provider/src/package.ts";

jest.setTimeout(180_000);

const FILES = ["main.tf", "variables.tf", "outputs.tf", "audit.tftest.hcl"];

describe.each(["terraform", "tofu"] as const)("examples/terraform-hcl with %s", (engine) => {
  let emulator: Emulator;
  let folder: string;

  beforeAll(async () => {
    emulator = await startEmulator();
    folder = realpathSync(mkdtempSync(join(tmpdir(), "auditgate-hcl-")));
    for (const file of FILES) cpSync(join("examples", "terraform-hcl", file), join(folder, file));
    placeProvider(folder, { engine });
    await succeed("init", "-input=false");
  });

  afterAll(async () => {
    await emulator.close();
    rmSync(folder, { recursive: true });
  });

  afterEach(() => emulator.reset());

  async function run(...args: readonly string[]) {
    return runWith({}, ...args);
  }

  async function runWith(variables: NodeJS.ProcessEnv, ...args: readonly string[]) {
    const child = spawn(engines()[engine], [...args, "-no-color"], {
      cwd: folder,
      env: {
        PATH: [dirname(process.execPath), "/usr/bin", "/bin"].join(delimiter),
        HOME: folder,
        CHECKPOINT_DISABLE: "1",
        TF_VAR_cluster_id: sample.clusters.healthy,
        TF_VAR_instance_id: sample.instances.healthy,
        TF_VAR_node_ids: JSON.stringify(sample.nodes.healthy),
        ...emulator.env,
        ...variables,
      },
    });
    let output = "";
    child.stdout.on("data", (chunk) => (output += chunk));
    child.stderr.on("data", (chunk) => (output += chunk));
    const code = await new Promise<number | null>((resolve) => child.on("close", resolve));
    return { code, output };
  }

  async function succeed(...args: readonly string[]): Promise<string> {
    const { code, output } = await run(...args);
    if (code !== 0) throw new Error(`${engine} ${args.join(" ")} exited with ${code}:\n${output}`);
    return output;
  }

  const failNewestDump = () =>
    emulator.update((data) => {
      const cluster = data.clusters.find(({ id }) => id === sample.clusters.healthy);
      if (!cluster || !Array.isArray(cluster.dumps)) throw new Error("the sample data has no dumps");
      Object.assign(cluster.dumps[0]!, { result: "FAILED", failed_reason: "The bucket does not exist." });
    });

  test("validates, applies, and then plans nothing", async () => {
    await succeed("validate");
    await succeed("apply", "-auto-approve", "-input=false");
    const outputs = JSON.parse(await succeed("output", "-json")) as {
      readonly [name: string]: { readonly value: unknown };
    };
    expect(outputs["headline"]?.value).toBe(
      "0 of 336 dumps failed, 0 of 12 parameter changes are pending, 255 audit logs on 3 nodes",
    );
    expect(outputs["complete"]?.value).toBe(true);
    expect((await run("plan", "-detailed-exitcode", "-input=false")).code).toBe(0);
  });

  test("passes its own tests while the trail is in order", async () => {
    expect(await succeed("test")).toContain("3 passed, 0 failed");
  });

  test("fails the plan, and its own tests, after a dump has failed", async () => {
    failNewestDump();
    const plan = await run("plan", "-input=false");
    expect(plan.code).toBe(1);
    expect(plan.output.replaceAll(/[\s│]+/g, " ")).toContain(
      "1 audit-log dumps of cluster a0d17a7e-c001-4000-8000-000000000001 failed, and 0 are allowed.",
    );
    expect((await run("test")).code).toBe(1);
  });

  test.each<[string, NodeJS.ProcessEnv, () => void, string]>([
    [
      "the_trail_was_read_completely",
      {},
      () => void emulator.inject({ on: "dumps", total: { add: 5 } }),
      "The audit trail could not be read completely.",
    ],
    ["no_dump_failed", { TF_VAR_max_failed_dumps: "1" }, failNewestDump, "Audit-log dumps failed"],
    [
      "every_node_wrote_logs",
      { TF_VAR_instance_id: sample.instances.empty, TF_VAR_node_ids: "[]" },
      () => undefined,
      "No node wrote audit logs.",
    ],
    [
      "every_node_wrote_logs",
      { TF_VAR_node_ids: JSON.stringify([...sample.nodes.healthy, "a-node-without-logs"]) },
      () => undefined,
      'Nodes wrote no audit logs: ["a-node-without-logs"]',
    ],
  ])("its test %s fails with %j where there is reason to", async (name, variables, breakIt, reason) => {
    breakIt();
    const { code, output } = await runWith(variables, "test");
    expect(code).toBe(1);
    expect(output).toContain(`run "${name}"... fail`);
    expect(output).toContain(reason);
    expect(output.match(/\.\.\. fail$/gm)).toHaveLength(2);
    expect(output).toContain("2 passed, 1 failed");
  });

  test("allows as many failed dumps as it is told", async () => {
    failNewestDump();
    const { code, output } = await run("plan", "-input=false", "-var", "max_failed_dumps=1");
    expect(code).toBe(0);
    expect(output).toContain("The bucket does not exist.");
  });
});
