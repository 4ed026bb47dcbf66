import { type Emulator, sample, startEmulator } from "@auditgate/emulator";
import { formerState } from "./former-state.ts";
import { failNewestDump, runOf } from "./gate-stack.ts";
import { programStack, type Scratch, scratch } from "./stack.ts";

jest.setTimeout(300_000);

let emulator: Emulator;
let at: Scratch;

beforeAll(async () => {
  emulator = await startEmulator();
  at = scratch();
});

afterAll(async () => {
  await emulator.close();
  at.remove();
});

const program = `
import * as pulumi from "@pulumi/pulumi";
import { AuditGate, DwsAuditDumpRecords, guardStack } from "@auditgate/pulumi-provider";
const clusterId = "${sample.clusters.healthy}";
const gate = new AuditGate("gate", { dwsAuditDumpRecords: [{ clusterIds: [clusterId], maxFailures: 0 }] });
guardStack(gate);
new DwsAuditDumpRecords("dumps", { clusterId, maxRecords: 1 });
new pulumi.Stash("service", { input: "1.0.0" });
`;

test("a stack that 0.1.0 made refreshes, stays closed, and upgrades with one discard and no operation of the user's", async () => {
  const stack = await programStack(at, { env: emulator.env, files: { "index.mjs": program } });
  await stack.importStack(formerState());
  // By the provider that stands in the state, and this package's code.
  await stack.refresh();
  failNewestDump(emulator);
  const closed = await runOf((on) => stack.up(on));
  expect(closed.diagnostics).toMatch(/error: The gate is closed: 1 violation/);
  await emulator.reset();
  const { summary } = await stack.up();
  // The reading is shown as read: what finds the package from the state is another code.
  expect(summary.resourceChanges).toEqual({ discard: 1, read: 1, same: 3 });
  const { deployment } = await stack.exportStack();
  expect(JSON.stringify(deployment)).not.toContain("GateReading");
  await stack.up({ expectNoChanges: true });
});
