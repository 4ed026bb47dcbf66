import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { Stack } from "@pulumi/pulumi/automation/index.js";
import { type Emulator, sample, startEmulator } from "@auditgate/emulator";
import { auditgate } from "./package.ts";
import { inlineStack, type Scratch, scratch } from "./stack.ts";

const clusterId = sample.clusters.healthy;
const NAMES = [
  "DwsAuditDumpRecords",
  "DwsParameterModificationRecords",
  "DdsAuditLogs",
  "DwsClusters",
  "DdsInstances",
  "AuditGate",
  "GateReading",
];

let emulator: Emulator;
let at: Scratch;
let stack: Stack;

beforeAll(async () => {
  emulator = await startEmulator();
  at = scratch();
  stack = await inlineStack(at, {
    env: emulator.env,
    program: async () => {
      new auditgate.DwsAuditDumpRecords("dumps", { clusterId });
    },
  });
  await stack.up();
}, 120_000);

afterAll(async () => {
  await emulator.close();
  at.remove();
});

/** What the CLI prints of an import, which fails. */
async function importOf(type: string): Promise<string> {
  const printed: string[] = [];
  const importing = stack.import({
    resources: [{ type, name: "imported", id: clusterId }],
    onOutput: (text) => printed.push(text),
  });
  await expect(importing).rejects.toThrow("exit code");
  return printed.join("");
}

test("Pulumi's own words for an import are on the page of troubles, and the stack is as it was", async () => {
  const page = readFileSync(resolve("docs/troubleshooting.md"), "utf8");
  const [, words = ""] = /\*\*`pulumi import` ends with "([^"]+)"/.exec(page) ?? [];
  const before = await stack.exportStack();
  emulator.requests.splice(0);
  for (const name of NAMES) {
    const printed = await importOf(`pulumi-nodejs:dynamic/auditgate:${name}`);
    expect(printed).toContain(`error: ${words}\n`);
  }
  expect(emulator.requests).toEqual([]);
  expect((await stack.exportStack()).deployment.resources).toEqual(before.deployment.resources);
}, 300_000);
