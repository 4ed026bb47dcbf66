import { execFile } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { packageFolder } from "./package.ts";
import { projectFolder, type Scratch, scratch } from "./stack.ts";

let at: Scratch;

beforeAll(() => {
  at = scratch();
});

afterAll(() => at.remove());

// The oldest TypeScript that Pulumi supports: the one it brings along for programs that have none.
const compiler = join(packageFolder, "node_modules/@pulumi/pulumi/vendor/typescript@3.8.3/typescript.js");

// Prints the line numbers of the program that do not compile.
const check = `
const ts = require(process.argv[2]);
const program = ts.createProgram(["index.ts"], {
  strict: true, noEmit: true, types: [], target: ts.ScriptTarget.ES2020,
  module: ts.ModuleKind.CommonJS, moduleResolution: ts.ModuleResolutionKind.NodeJs,
});
const file = program.getSourceFile("index.ts");
const own = [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)];
const types = program.getSourceFiles().filter(({ fileName }) => /pulumi-provider.dist/.test(fileName));
const broken = types.flatMap((each) => [...program.getSyntacticDiagnostics(each), ...program.getSemanticDiagnostics(each)]);
const line = ({ start }) => file.getLineAndCharacterOfPosition(start).line + 1;
console.log(JSON.stringify({ types: types.length > 0, broken: broken.map(String), lines: [...new Set(own.map(line))] }));`;

const program = `import * as pulumi from "@pulumi/pulumi";
import { AuditGate, AuditGateArgs, DdsAuditLogs, DdsAuditLogsRecord, DwsAuditDumpRecords, gateCheck, GateViolation, getDdsAuditLogs, guardStack, Provider, ReadOptions } from "@auditgate/pulumi-provider";
const options: ReadOptions = { provider: new Provider("p", { region: "eu-de", maxRetries: pulumi.output(1) }) };
const dumps = new DwsAuditDumpRecords("dumps", { clusterId: pulumi.output("c") }, options);
const logs = new DdsAuditLogs("logs", { instanceId: "i", last: "7d" });
export const failed: pulumi.Output<number> = dumps.summary.failed;
export const result: pulumi.Output<string | null> = dumps.records[0].result;
export const start: pulumi.Output<string> = logs.window.startTime;
export const plain: Promise<DdsAuditLogsRecord[]> = getDdsAuditLogs({ instanceId: "i", last: "1d" }).then(r => r.records);
export const wrong: pulumi.Output<string> = dumps.summary.failed;
new DwsAuditDumpRecords("dumps", { clusterId: "c" }, { protect: true });
new DdsAuditLogs("logs", { clusterId: "c" });
const some = gateCheck("some", dumps, ({ summary }) => summary.count > 0, { expected: "some" });
const args: AuditGateArgs = { checks: [some], dwsAuditDumpRecords: [{ clusterIds: [pulumi.output("c")], maxFailures: 0 }] };
const gate = new AuditGate("gate", { ...args, enforcement: "advisory" }, { dependsOn: dumps });
guardStack(gate);
export const passed: pulumi.Output<boolean> = gate.passed;
export const violations: pulumi.Output<GateViolation[]> = gate.violations;
export const rule: pulumi.Output<string> = gate.violations[0].rule;
export const number: pulumi.Output<number> = gate.violations[0].rule;
new AuditGate("gate", { enforcement: "optional" });
new AuditGate("gate", { dwsAuditDumpRecords: [{ clusterIds: ["c"], maxFailure: 0 }] });
gateCheck("some", dumps, ({ records }) => records.filter(({ operator }) => operator));
guardStack(dumps);
`;

test("the types are read, and mistakes are found, by the oldest TypeScript that Pulumi supports", async () => {
  const folder = projectFolder(at);
  writeFileSync(join(folder, "index.ts"), program);
  writeFileSync(join(folder, "check.js"), check);
  const { stdout } = await promisify(execFile)(process.execPath, ["check.js", compiler], { cwd: folder });
  expect(JSON.parse(stdout)).toEqual({ types: true, broken: [], lines: [10, 11, 12, 20, 21, 22, 23, 24] });
}, 60_000);
