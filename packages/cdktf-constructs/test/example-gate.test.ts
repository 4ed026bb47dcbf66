import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { blocksOf } from "../../../test/page-blocks.ts";
import { succeeded } from "./bench.ts";
import { createGateBench, type GateBench } from "./gate-bench.ts";

jest.setTimeout(120_000);

const EXAMPLE = resolve("examples/cdktf-gate");
const program = readFileSync(join(EXAMPLE, "main.ts"), "utf8");
const shown = blocksOf("docs/gate-cdktf.md", "ts");

let emulator: GateBench["emulator"];
let bench: GateBench["bench"];
let failDump: GateBench["failDump"];
let close: GateBench["close"];

beforeEach(async () => {
  ({ emulator, bench, failDump, close } = await createGateBench());
});
afterEach(() => close());

/** The example's stack, initialised; with a line more in the gate's configuration, as the page says. */
async function prepare(line = "") {
  const folder = join(bench.folder, "program");
  mkdirSync(folder);
  symlinkSync(join(EXAMPLE, "node_modules"), join(folder, "node_modules"));
  const gate = 'new AuditGate(stack, "gate", {\n';
  writeFileSync(join(folder, "main.ts"), program.replace(gate, gate + line));
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
  await succeeded(bench.node(join(folder, "main.ts"), folder));
  const stack = join(folder, "cdktf.out", "stacks", "release");
  await succeeded(bench.engine("terraform", stack, "init"));
  const file = join(stack, "deployed.txt");
  return {
    run: (...args: readonly string[]) => bench.engine("terraform", stack, ...args),
    releases: () => (existsSync(file) ? readFileSync(file, "utf8") : ""),
  };
}

test("the example deploys, is blocked with the reasons, and deploys again", async () => {
  const { run, releases } = await prepare();
  await succeeded(run("apply", "-auto-approve"));
  expect(releases()).toBe("1.0.0\n");

  failDump();
  for (const command of [["plan"], ["apply", "-auto-approve"]]) {
    const { code, output } = await run(...command, "-var=release=1.1.0");
    expect(code).toBe(1);
    expect(output).toContain("Error: The gate is closed: 1 violation");
    expect(output).toContain('failed_reason="The bucket is full."');
  }
  expect(releases()).toBe("1.0.0\n");

  await emulator.reset();
  await succeeded(run("apply", "-auto-approve", "-var=release=1.1.0"));
  expect(releases()).toBe("1.0.0\n1.1.0\n");
});

test("with the line that the page adds, a plan that was saved while all was well is stopped too", async () => {
  const line = shown.find((code) => code.includes("savedPlans")) ?? "";
  expect(line).toBe("  savedPlans: true,\n");
  const { run, releases } = await prepare(line);
  await succeeded(run("apply", "-auto-approve"));
  await succeeded(run("plan", "-out=release.plan", "-var=release=1.1.0"));
  failDump();
  const { code, output } = await run("apply", "release.plan");
  expect(code).toBe(1);
  expect(output).toContain("Error: The gate is closed: 1 violation");
  expect(releases()).toBe("1.0.0\n");
});

test("the page shows the example's own program, whole and in part", () => {
  expect(shown).toContain(program);
  expect(program).toContain(shown[0]);
});
