import { execFileSync, spawn } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { sample, startEmulator, type Emulator } from "@auditgate/emulator";
import { form } from "../../../test/forms/runtime.ts";
import { CORE_FILE } from "../src/install/package-files.ts";
import { placePackages } from "../src/install/place.ts";
import { readFiles } from "../src/package.ts";
import { createProject, outcomeOf, platform, type Project, type ProjectOptions, until } from "./project.ts";

jest.setTimeout(120_000);

const MAIN = `
data "auditgate_dws_audit_dump_records" "dumps" {
  cluster_id = "${sample.clusters.healthy}"
}
output "count" {
  value = data.auditgate_dws_audit_dump_records.dumps.summary.count
}
`;

describe.each(["terraform", "tofu"] as const)("with %s", (engine) => {
  let emulator: Emulator;
  let project: Project;

  beforeAll(async () => {
    emulator = await startEmulator();
  });
  afterEach(async () => {
    project.remove();
    await emulator.clearFaults();
  });
  afterAll(() => emulator.close());

  async function prepare(options: Partial<ProjectOptions> = {}): Promise<void> {
    const env = { ...emulator.env, TF_LOG_PROVIDER: "TRACE", TF_LOG_PATH: "engine.log", ...options.env };
    project = createProject({ engine, main: MAIN, ...options, env });
    await project.succeed("init");
  }

  function logLines(): readonly string[] {
    const path = join(project.folder, "engine.log");
    return existsSync(path) ? readFileSync(path, "utf8").split("\n") : [];
  }

  /** Process ids of the provider's runs so far, from its own log lines. */
  function providers(): readonly number[] {
    return logLines().flatMap((line) =>
      line.includes("serving") ? [Number(/\bpid=(\d+)/.exec(line)?.[1])] : [],
    );
  }

  /** A process that has ended may remain as an entry that nobody has asked about. */
  function isRunning(pid: number): boolean {
    try {
      return !/^Z|^$/.test(
        execFileSync("ps", ["-o", "stat=", "-p", String(pid)], { encoding: "utf8" }).trim(),
      );
    } catch {
      return false;
    }
  }

  /** Starts a plan, and waits until the provider waits for the service. */
  async function hangingPlan() {
    const fault = emulator.inject({ connection: "hang" });
    const plan = project.start("plan", "-no-color");
    const outcome = outcomeOf(plan);
    await until(() => fault.hits > 0);
    const running = providers().filter(isRunning);
    expect(running.length).toBeGreaterThan(0);
    return { plan, outcome, running };
  }

  test("log lines come through with their level and fields", async () => {
    await prepare();
    await project.succeed("plan");
    const [serving] = logLines().filter((line) => line.includes(": serving: "));
    expect(serving).toContain("[DEBUG]");
    for (const field of [/\bpid=\d+/, /\blaunch_ms=\d+/, /\bnode=v\d+/]) expect(serving).toMatch(field);
    const [reading] = logLines().filter((line) => line.includes(": read auditgate_dws_audit_dump_records: "));
    expect(reading).toContain("[INFO]");
    for (const field of [/\bms=\d+/, /\brequest_ids=\w{32}\b/]) expect(reading).toMatch(field);
  });

  test("no process is left when a command has ended", async () => {
    await prepare();
    await project.succeed("plan");
    expect(providers().length).toBeGreaterThanOrEqual(2);
    await until(() => !providers().some(isRunning));
    expect(leftovers()).toEqual([]);
  });

  /** What the provider's runs left in the folder for temporary files. */
  function leftovers(): readonly string[] {
    return readdirSync(join(project.folder, "..", "tmp")).filter((name) => name.startsWith("auditgate-"));
  }

  test("Ctrl-C ends a reading under way, and with it the command", async () => {
    await prepare();
    const { plan, outcome, running } = await hangingPlan();
    process.kill(-(plan.pid ?? 0), "SIGINT");
    const { code, stdout, stderr } = await outcome;
    expect(code).toBe(1);
    expect(stdout + stderr).toMatch(/Interrupt received/i);
    expect(stdout + stderr).not.toMatch(/panic|crash/i);
    await until(() => !running.some(isRunning));
    expect(leftovers()).toEqual([]);
  });

  test("the provider ends when the engine is killed", async () => {
    await prepare();
    const { plan, outcome, running } = await hangingPlan();
    plan.kill("SIGKILL");
    await outcome;
    await until(() => !running.some(isRunning));
    expect(leftovers()).toEqual([]);
  });

  test("a provider that is killed is an error of the command", async () => {
    await prepare();
    const { outcome, running } = await hangingPlan();
    for (const pid of running) process.kill(pid, "SIGKILL");
    const { code, stderr } = await outcome;
    expect(code).toBe(1);
    // Which error it is depends on what the engine notices first, the end of the stream or that of the process.
    expect(stderr).toMatch(/\(\*GRPCProvider\)\.ReadDataSource/);
  });

  const { auditor, domain } = sample;

  test.each([
    [
      "clouds.yaml",
      `clouds:\n  otc:\n    auth:\n      username: ${auditor.name}\n      password: ${auditor.password}\n      user_domain_name: ${domain.name}\n`,
      { OS_CLOUD: "otc" },
    ],
    [
      "keys.ini",
      `[otc]\nak = ${auditor.accessKey}\nsk = ${auditor.secretKey}\n`,
      { AUDITGATE_PROFILE: "otc", AUDITGATE_SHARED_CONFIG_FILE: "keys.ini" },
    ],
  ])("what only some readings need is loaded by them: %s, and retries", async (name, text, env) => {
    const none = { AUDITGATE_ACCESS_KEY: undefined, AUDITGATE_SECRET_KEY: undefined };
    await prepare({ env: { ...none, ...env } });
    project.write(name, text);
    const fault = emulator.inject({ on: "dumps", status: 500, times: 1 });
    await project.succeed("plan");
    expect(fault.hits).toBe(1);
  });

  function installed(): string {
    const host = engine === "tofu" ? "registry.opentofu.org" : "registry.terraform.io";
    const { version } = JSON.parse(readFileSync(join(__dirname, "..", "package.json"), "utf8"));
    return join(
      project.folder,
      ".terraform",
      "providers",
      host,
      "auditgate",
      "auditgate",
      version,
      platform(),
    );
  }

  test("NODE_OPTIONS, a folder of ES modules, spaces in its path and a home that cannot be written do no harm", async () => {
    await prepare({
      name: "a project's folder",
      env: { NODE_OPTIONS: "--require /nonexistent --input-type=module" },
    });
    project.write("package.json", JSON.stringify({ type: "module" }));
    chmodSync(join(project.folder, "..", "home"), 0o555);
    await project.succeed("apply", "-auto-approve");
    expect(JSON.parse(await project.succeed("output", "-json"))).toMatchObject({ count: { value: 336 } });
  });

  // Of what only the form on Node.js has.
  (form() === "standalone" ? describe.skip : describe)("on Node.js", () => {
    test("what is read is loaded only to read: without that file everything up to a plan works", async () => {
      project = createProject({ engine, main: MAIN, env: emulator.env });
      const files = new Map([...readFiles()].filter(([name]) => name !== CORE_FILE));
      placePackages(project.folder, [{ platforms: [platform()], files }], { engine });
      await project.succeed("init");
      await project.succeed("validate");
      await project.succeed("providers", "schema", "-json");
      const { code, stderr } = await project.run("plan", "-no-color");
      expect(code).toBe(1);
      expect(stderr.replaceAll(/\s+/g, " ")).toContain("Cannot find module './auditgate-core.cjs'");
    });

    test("without Node.js on the PATH the engine says what is missing", async () => {
      project = createProject({ engine, main: MAIN, env: { ...emulator.env, PATH: "/nonexistent" } });
      await project.succeed("init");
      const { code, stderr } = await project.run("validate", "-no-color");
      expect(code).toBe(1);
      expect(stderr.replaceAll(/\s+/g, " ")).toMatch(
        /the auditgate provider needs Node\.js \d+\.\d+ or newer on the PATH/,
      );
    });
  });

  test("engines use a provider that is already running for a debugger", async () => {
    await prepare();
    const [program = ""] = readdirSync(installed()).filter((name) => name.startsWith("terraform-provider-"));
    const provider = spawn(join(installed(), program), ["--debug"], {
      env: { ...process.env, ...emulator.env },
    });
    let printed = "";
    provider.stdout.on("data", (chunk: Buffer) => (printed += chunk.toString()));
    await until(() => printed.includes("TF_REATTACH_PROVIDERS="));
    const TF_REATTACH_PROVIDERS = /TF_REATTACH_PROVIDERS='(.*)'/.exec(printed)?.[1] ?? "";
    const attached = createProject({ engine, main: MAIN, env: { TF_REATTACH_PROVIDERS } });
    // Credentials are the provider's: this engine's environment has none.
    for (let time = 0; time < 2; time++) await attached.succeed("plan");
    attached.remove();
    const ended = new Promise((resolve) => provider.once("exit", resolve));
    provider.kill("SIGINT");
    expect(await ended).toBe(0);
  });

  test("20,000 records are read and kept", async () => {
    emulator.update((data) => {
      const cluster = data.clusters.find(({ id }) => id === sample.clusters.busy);
      if (cluster)
        cluster.parameterChanges = {
          generate: { count: 20_000, newest: "2026-01-01T00:00:00Z", everySeconds: 600 },
        };
    });
    await prepare({
      main: `
data "auditgate_dws_parameter_modification_records" "changes" {
  cluster_id = "${sample.clusters.busy}"
}
`,
    });
    await project.succeed("apply", "-auto-approve");
    const { complete, total, records } =
      (await project.state())["data.auditgate_dws_parameter_modification_records.changes"] ?? {};
    expect([complete, total]).toEqual([true, 20_000]);
    expect(new Set((records as { id: string }[]).map(({ id }) => id)).size).toBe(20_000);
    await emulator.reset();
  });

  test("a .tftest.hcl can check what is read", async () => {
    await prepare();
    mkdirSync(join(project.folder, "tests"));
    project.write(
      "tests/audit.tftest.hcl",
      `run "dumps" {\n  command = plan\n  assert {\n    condition     = data.auditgate_dws_audit_dump_records.dumps.summary.failed == 0\n    error_message = "A dump failed."\n  }\n}\n`,
    );
    expect(await project.succeed("test", "-no-color")).toContain("1 passed, 0 failed");
  });
});
