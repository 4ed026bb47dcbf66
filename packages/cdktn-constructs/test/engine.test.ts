import { cpSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import type { Emulator } from "@auditgate/emulator";
import { outputsOf, succeeded } from "../../cdktf-constructs/test/bench.ts";
import { createGateBench, type GateBench } from "../../cdktf-constructs/test/gate-bench.ts";
import { engines } from "../../../scripts/engines/locate.ts";
import { type Configuration, dependencies } from "./synthesized.ts";

jest.setTimeout(180_000);

/** The built package, as users have it: from source, its imports would be cdktf's. */
const INSTALLED = resolve("examples/cdktn-gate/node_modules");
const EXAMPLE = readFileSync("examples/cdktn-gate/main.ts", "utf8");
const EPHEMERAL = "ephemeral.auditgate_gate.gate";

let emulator: Emulator;
let bench: GateBench["bench"];
let failDump: GateBench["failDump"];
let close: GateBench["close"];

beforeEach(async () => {
  ({ emulator, bench, failDump, close } = await createGateBench());
});
afterEach(() => close());

/** The folder that a program synthesizes its stack into. */
async function synthesized(program: string): Promise<string> {
  const folder = join(bench.folder, "program");
  mkdirSync(folder);
  symlinkSync(INSTALLED, join(folder, "node_modules"));
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
  writeFileSync(join(folder, "main.ts"), program);
  await succeeded(bench.node(join(folder, "main.ts"), folder));
  return join(folder, "cdktf.out", "stacks", "release");
}

test.each(["terraform", "tofu"] as const)(
  "the example deploys, is blocked by plan, apply and a saved plan, deploys again and is destroyed, with %s",
  async (engine) => {
    // cdktn asks it for its version.
    bench.set({ TERRAFORM_BINARY_NAME: engines()[engine] });
    const stack = await synthesized(EXAMPLE);
    const run = (...args: readonly string[]) => bench.engine(engine, stack, ...args);
    const file = join(stack, "deployed.txt");
    const releases = () => (existsSync(file) ? readFileSync(file, "utf8") : "");
    await succeeded(run("init"));
    await succeeded(run("apply", "-auto-approve"));
    expect(outputsOf(await run("output", "-json"))).toEqual({ count: expect.any(Number) });
    expect(await run("plan", "-detailed-exitcode")).toMatchObject({ code: 0 });

    await succeeded(run("plan", "-out=two.plan", "-var=release=2.0.0"));
    failDump();
    for (const command of [
      ["plan"],
      ["apply", "-auto-approve", "-var=release=2.0.0"],
      ["apply", "two.plan"],
    ]) {
      const { code, output } = await run(...command);
      expect([code, output.match(/Error: The gate is closed/g)?.length]).toEqual([1, 1]);
    }
    expect(releases()).toBe("1.0.0\n");

    await emulator.reset();
    await succeeded(run("apply", "-auto-approve", "-var=release=2.0.0"));
    expect(releases()).toBe("1.0.0\n2.0.0\n");
    await succeeded(run("destroy", "-auto-approve"));
    expect(await run("state", "list")).toMatchObject({ code: 0, stdout: "" });
  },
);

test("an expectation fails the plan with its figures", async () => {
  const gate = EXAMPLE.indexOf("new AuditGate");
  const program = `${EXAMPLE.slice(0, gate)}dumps.expectNoFailedDumps();\n${EXAMPLE.slice(EXAMPLE.indexOf("new DataResource"))}`;
  const stack = await synthesized(program);
  await succeeded(bench.engine("terraform", stack, "init"));
  expect(await bench.engine("terraform", stack, "plan")).toMatchObject({ code: 0 });
  failDump();
  const { code, output } = await bench.engine("terraform", stack, "plan");
  expect(code).toBe(1);
  expect(output.replaceAll(/[\s│]+/g, " ")).toMatch(/1 of \d+ audit dumps of cluster \S+ failed: /);
});

describe("a program with several copies of its library", () => {
  const PROGRAM = `
import { AuditGate, AuditgateProvider } from "@auditgate/cdktn-constructs";
import { App, DataResource, TerraformHclModule, TerraformStack } from "APP";
import * as other from "OTHER";

const app = new App();
const stack = new TerraformStack(app, "release");
new AuditgateProvider(stack, "auditgate");
const gate = { dwsAuditDumpRecords: [{ clusterIds: [process.env.TF_VAR_cluster_id], maxFailures: 0 }], savedPlans: true };
new AuditGate(stack, "gate", gate).guardStack();
new DataResource(stack, "own");
new TerraformHclModule(stack, "own-module", { source: "example/module" });
new other.DataResource(stack, "other");
new other.TerraformHclModule(stack, "other-module", { source: "example/module" });
app.synth();
`;
  const folder = () => join(bench.folder, "copies");
  const place = (name: string) => join(folder(), "node_modules", name);
  const link = (name: string, target: string) => {
    mkdirSync(dirname(place(name)), { recursive: true });
    symlinkSync(resolve(target), place(name));
  };
  const run = (app: string, other: string) => {
    link("@auditgate/cdktn-constructs", "packages/cdktn-constructs");
    link("cdktf", "examples/cdktf-gate/node_modules/cdktf");
    link("constructs", join(INSTALLED, "constructs"));
    writeFileSync(join(folder(), "main.mjs"), PROGRAM.replace("APP", app).replace("OTHER", other));
    return bench.node("main.mjs", folder());
  };

  test.each([
    ["cdktf", "with constructs of cdktn in a stack of cdktf", "cdktn"],
    ["cdktn", "with a second copy of cdktn", "cdktn"],
  ])("has everything guarded: %s, %s", async (app, how, other) => {
    if (how.includes("second"))
      cpSync(join(INSTALLED, "cdktn"), place("cdktn"), { recursive: true, dereference: true });
    else link("cdktn", join(INSTALLED, "cdktn"));
    await succeeded(run(app, other));
    const file = join(folder(), "cdktf.out", "stacks", "release", "cdk.tf.json");
    const configuration = JSON.parse(readFileSync(file, "utf8")) as Configuration;
    expect(dependencies(configuration)).toEqual({
      own: [EPHEMERAL],
      other: [EPHEMERAL],
      "own-module": [EPHEMERAL],
      "other-module": [EPHEMERAL],
    });
  });

  test("is refused by cdktn where a stack of its has constructs of cdktf", async () => {
    link("cdktn", join(INSTALLED, "cdktn"));
    const { code, output } = await run("cdktn", "cdktf");
    // The words that the page of troubles has.
    const words = "_resetResolveDiscoveredProviderFeatureUsage is not a function";
    expect([code, output]).toEqual([1, expect.stringContaining(words)]);
    expect(existsSync(join(folder(), "cdktf.out", "stacks", "release", "cdk.tf.json"))).toBe(false);
  });
});
