import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { execFileSync } from "node:child_process";
import { type Configuration, dependencies, GATE } from "./gate-stack.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "auditgate-copies-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const INSTALLED = resolve("packages/cdktf-constructs/node_modules");

/** The program's own copy of a package: another one than the constructs have. */
function copied(name: string): void {
  cpSync(join(INSTALLED, name), join(folder, "node_modules", name), { recursive: true, dereference: true });
}

function linked(name: string, place: string): void {
  const link = join(folder, "node_modules", name);
  mkdirSync(dirname(link), { recursive: true });
  symlinkSync(resolve(place), link);
}

/** What the program synthesizes its stack to. */
function synthesized(program: string): Configuration {
  writeFileSync(join(folder, "main.mjs"), program);
  execFileSync(process.execPath, ["--conditions=@auditgate/source", "main.mjs"], {
    cwd: folder,
    stdio: "pipe",
  });
  return JSON.parse(
    readFileSync(join(folder, "cdktf.out/stacks/release/cdk.tf.json"), "utf8"),
  ) as Configuration;
}

const PROGRAM = `
import { AuditGate, AuditgateProvider } from "@auditgate/cdktf-constructs";
import { App, Aspects, DataResource, TerraformHclModule, TerraformStack } from "cdktf";

const app = new App();
const stack = new TerraformStack(app, "release");
new AuditgateProvider(stack, "auditgate");
new AuditGate(stack, "gate", {
  dwsAuditDumpRecords: [{ clusterIds: ["a0d17a7e-c001-4000-8000-000000000001"], maxFailures: 0 }],
}).guardStack();
new TerraformHclModule(stack, "network", { source: "example/network" });
const service = new DataResource(stack, "service");
Aspects.of(stack).add({
  visit: (node) => {
    if (node === service) new TerraformHclModule(stack, "late", { source: "example/late" });
  },
});
app.synth();
`;

test("resources and modules of a second copy of cdktf are guarded, also those that its aspects add", () => {
  copied("cdktf");
  linked("constructs", join(INSTALLED, "constructs"));
  linked("@auditgate/cdktf-constructs", "packages/cdktf-constructs");
  const configuration = synthesized(PROGRAM);
  expect(dependencies(configuration)).toEqual({ service: [GATE] });
  expect(configuration["module"]).toEqual({
    network: expect.objectContaining({ depends_on: [GATE] }),
    late: expect.objectContaining({ depends_on: [GATE] }),
  });
});

test("so are those of a program that has copies of everything", () => {
  copied("cdktf");
  copied("constructs");
  linked("@auditgate/cdktf-constructs", "packages/cdktf-constructs");
  const configuration = synthesized(PROGRAM);
  expect(JSON.stringify(configuration["module"]).split(GATE)).toHaveLength(3);
  expect(dependencies(configuration)).toEqual({ service: [GATE] });
});
