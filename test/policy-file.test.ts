import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { promisify } from "node:util";

import { type Emulator, sample, startEmulator } from "@auditgate/emulator";

import { programStack, projectFolder, scratch } from "../packages/pulumi-provider/test/stack.ts";
import { createProject, type Project } from "../packages/terraform-provider/test/project.ts";
import { engines } from "../scripts/engines/locate.ts";
import { blocksOf } from "./page-blocks.ts";

jest.setTimeout(180_000);

const PAGE = "docs/policy-files.md";
const [policy = ""] = blocksOf(PAGE, "yaml");
const [main = ""] = blocksOf(PAGE, "hcl");
const [script = "", pulumiProgram = "", cdktfProgram = ""] = blocksOf(PAGE, "ts");

let emulator: Emulator;

beforeAll(async () => {
  emulator = await startEmulator();
});
afterEach(() => emulator.reset());
afterAll(() => emulator.close());

function failLatestDump(): void {
  emulator.update((data) => {
    const dumps = data.clusters.find(({ id }) => id === sample.clusters.healthy)?.dumps;
    if (Array.isArray(dumps))
      Object.assign(dumps[0] ?? {}, { result: "FAILED", failed_reason: "The bucket is full." });
  });
}

describe.each(["terraform", "tofu"] as const)("the policy file of the page, with %s", (engine) => {
  let project: Project;

  beforeAll(async () => {
    project = createProject({ engine, env: { ...emulator.env }, main: "" });
    project.write("main.tf", main);
    project.write("policy.yaml", policy);
    await project.succeed("init", "-input=false");
  });
  afterAll(() => project.remove());

  const plan = () => project.run("plan", "-input=false", "-no-color");

  test("lets a plan through while the trail is in order, and stops it while a dump has failed", async () => {
    project.write("policy.yaml", policy);
    expect(await plan()).toMatchObject({ code: 0 });
    failLatestDump();
    const { code, stderr } = await plan();
    expect(code).toBe(1);
    expect(stderr).toContain("at most 0 failed dumps in the last 7d");
  });

  test.each([
    ["a rule", policy.replace("maxFailures: 0", "maxFailures: 0\n    maxGap: 2h"), "has a rule"],
    ["a part", `${policy}enforcement: mandatory\n`, "has a part"],
  ])("is refused where it has %s that the configuration does not read", async (_, text, said) => {
    project.write("policy.yaml", text);
    const { code, stderr } = await plan();
    expect(code).toBe(1);
    expect(stderr.replaceAll(/\s+/g, " ")).toContain(`${said} that this configuration does not read`);
  });
});

test("the same file judges in a script", async () => {
  // Within the repository, where core is found, and not below node_modules, where Node.js runs no TypeScript.
  const folder = mkdtempSync("test/.policy-file-");
  const run = () =>
    new Promise<{ readonly code: number | null; readonly said: string }>((ended) => {
      const env = { ...process.env, ...emulator.env };
      const child = execFile(process.execPath, ["gate.mts"], { cwd: folder, env }, (_, said) =>
        ended({ code: child.exitCode, said }),
      );
    });
  try {
    writeFileSync(join(folder, "policy.yaml"), policy);
    writeFileSync(join(folder, "gate.mts"), script);
    expect(await run()).toEqual({ code: 0, said: "\n" });
    failLatestDump();
    expect(await run()).toEqual({
      code: 1,
      said: expect.stringContaining("at most 0 failed dumps in the last 7d"),
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

/** Packages of a folder of this repository, as a program in another folder finds them. */
function link(folder: string, packages: { readonly [name: string]: string }): void {
  for (const [name, target] of Object.entries(packages)) {
    const place = join(folder, "node_modules", name);
    mkdirSync(dirname(place), { recursive: true });
    symlinkSync(resolve(target), place);
  }
}

test("the same file judges in a Pulumi program", async () => {
  const at = scratch();
  try {
    link(projectFolder(at, "project-dev"), { "@auditgate/core": "packages/core" });
    const files = { "index.mjs": pulumiProgram, "policy.yaml": policy };
    const stack = await programStack(at, { files, env: { ...emulator.env } });
    expect((await stack.preview()).changeSummary).toBeTruthy();
    failLatestDump();
    await expect(stack.preview()).rejects.toThrow("at most 0 failed dumps in the last 7d");
  } finally {
    at.remove();
  }
});

test("the same file judges in a CDKTF program", async () => {
  const folder = mkdtempSync(join(tmpdir(), "auditgate-policy-file-"));
  const constructs = "packages/cdktf-constructs";
  link(folder, {
    "@auditgate/core": "packages/core",
    "@auditgate/cdktf-constructs": constructs,
    cdktf: `${constructs}/node_modules/cdktf`,
    constructs: `${constructs}/node_modules/constructs`,
  });
  const env = { ...process.env, ...emulator.env, CHECKPOINT_DISABLE: "1" };
  const run = promisify(execFile);
  try {
    writeFileSync(join(folder, "policy.yaml"), policy);
    writeFileSync(join(folder, "main.mts"), cdktfProgram);
    await run(process.execPath, ["main.mts"], { cwd: folder, env });
    const stack = { cwd: join(folder, "cdktf.out/stacks/release"), env };
    await run(engines().terraform, ["init", "-input=false", "-no-color"], stack);
    const plan = () => run(engines().terraform, ["plan", "-input=false", "-no-color"], stack);
    await plan();
    failLatestDump();
    await expect(plan()).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringContaining("at most 0 failed dumps in the last 7d"),
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
