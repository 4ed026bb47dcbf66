import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { type Emulator, sample, startEmulator } from "@auditgate/emulator";

import { createProject, type Project } from "../packages/terraform-provider/test/project.ts";
import { blocksOf } from "./page-blocks.ts";

jest.setTimeout(180_000);

const PAGE = "docs/policy-files.md";
const [policy = ""] = blocksOf(PAGE, "yaml");
const [main = ""] = blocksOf(PAGE, "hcl");
const [script = ""] = blocksOf(PAGE, "ts");

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
