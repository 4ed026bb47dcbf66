import type { Consumer } from "./consumer.ts";

const imports = `import * as pulumi from "@pulumi/pulumi";
import { AuditGate, DdsAuditLogs, DwsAuditDumpRecords, getDwsParameterModificationRecordsOutput, guardStack } from "@auditgate/pulumi-provider";`;
const requires = `const pulumi = require("@pulumi/pulumi");
const { AuditGate, DdsAuditLogs, DwsAuditDumpRecords, getDwsParameterModificationRecordsOutput, guardStack } = require("@auditgate/pulumi-provider");`;
const body = `
const clusterId = new pulumi.Config().require("clusterId");
const dumps = new DwsAuditDumpRecords("dumps", { clusterId });
const logs = new DdsAuditLogs("logs", { instanceId: new pulumi.Config().require("instanceId"), last: "2d" });
const changes = getDwsParameterModificationRecordsOutput({ clusterId: dumps.clusterId });
const gate = new AuditGate("gate", { dwsAuditDumpRecords: [{ clusterIds: [clusterId], maxFailures: 0 }] });
const totals = { dumps: dumps.summary.count, logs: logs.records.length, changes: changes.summary.count, passed: gate.passed };`;
// What the stack of 0.1.0 has whose state is kept here, beside what its user deploys.
const former = `
const clusterId = new pulumi.Config().require("clusterId");
const gate = new AuditGate("gate", { dwsAuditDumpRecords: [{ clusterIds: [clusterId], maxFailures: 0 }] });
void guardStack(gate);
new DwsAuditDumpRecords("dumps", { clusterId, maxRecords: 1 });`;
const service = `new pulumi.Stash("service", { input: "1.0.0" });`;
const imported = { program: imports + body + " export { totals };", former: imports + former + service };
const required = {
  program: requires + body + " exports.totals = totals;",
  former: requires + former + service,
};
// Types are checked by the TypeScript inside Pulumi's CLI, with ts-node: the project has none of its own.
const typed = `
export const failures: pulumi.Output<number> = dumps.summary.failed;
export const result: pulumi.Output<string | null> = dumps.records[0].result;
export const passed: pulumi.Output<boolean> = gate.passed;
export { totals };`;

const throughLibrary = {
  type: "module",
  main: "index.js",
  library: `${imports}
    export class Audited extends pulumi.ComponentResource {
      constructor(name) {
        super("infra:index:Audited", name);
        ${body}
        this.totals = totals;
      }
    }
    export function audit() {
      ${former}
    }`,
  program: `import { Audited } from "infra-lib"; export const { totals } = new Audited("audited");`,
  former: `import * as pulumi from "@pulumi/pulumi"; import { audit } from "infra-lib"; audit(); ${service}`,
} as const;

/** A project that can have a stack of 0.1.0. */
interface FormerConsumer extends Consumer {
  /** The program for the stack whose state is kept. */
  readonly former: string;
}

/** Projects of users: package managers, module systems, compilers; a library in between. */
export const consumers: { readonly [name: string]: FormerConsumer } = {
  "npm, CommonJS, TypeScript by Pulumi's own ts-node": {
    manager: "npm",
    type: "commonjs",
    main: "index.ts",
    ...imported,
    program: imports + body + typed,
  },
  "npm, ES module, precompiled": {
    manager: "npm",
    type: "module",
    main: "index.js",
    ...imported,
  },
  ...Object.fromEntries(
    (["npm", "pnpm", "pnpm workspace", "yarn", "yarn node-modules", "yarn pnpm"] as const).map(
      (manager): [string, FormerConsumer] => [
        `${manager}, through a library of components`,
        { ...throughLibrary, manager },
      ],
    ),
  ),
  "pnpm, CommonJS, precompiled": {
    manager: "pnpm",
    type: "commonjs",
    main: "index.js",
    ...required,
  },
  "pnpm, ES module, TypeScript by Node": {
    manager: "pnpm",
    type: "module",
    main: "index.ts",
    ...imported,
    program: imported.program.replace("const clusterId", "const clusterId: string"),
  },
  "pnpm, ES module, TypeScript by tsx": {
    manager: "pnpm",
    type: "module",
    main: "index.ts",
    ...imported,
    program: imported.program + " enum Needs { Tsx } void Needs.Tsx;",
    dependencies: { tsx: "^4" },
    // As the runtime's option `nodeargs` in Pulumi.yaml, which language hosts built from Go modules do not know.
    env: { NODE_OPTIONS: "--import tsx" },
  },
  "yarn, CommonJS, TypeScript by the project's own compiler": {
    manager: "yarn",
    type: "commonjs",
    main: "index.ts",
    ...imported,
    program: imports + body + typed.replace("[0]", "[0]!"),
    dependencies: { typescript: "~5.9.0", "@types/node": "^24" },
  },
};
