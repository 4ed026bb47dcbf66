import type { Stack } from "@pulumi/pulumi/automation/index.js";
import { type Emulator, sample, startEmulator } from "@auditgate/emulator";
import {
  createClient,
  ddsAuditLogs,
  dwsAuditDumpRecords,
  dwsParameterModificationRecords,
  read,
} from "@auditgate/core";
import { auditgate } from "./package.ts";
import { inlineStack, type Scratch, scratch } from "./stack.ts";

const { busy, failedDump } = sample.clusters;
const instanceId = sample.instances.healthy;

let emulator: Emulator;
let at: Scratch;
let stack: Stack;

beforeAll(async () => {
  emulator = await startEmulator();
  at = scratch();
  stack = await inlineStack(at, {
    env: emulator.env,
    program: async () => {
      const dumps = new auditgate.DwsAuditDumpRecords("dumps", { clusterId: failedDump });
      const changes = new auditgate.DwsParameterModificationRecords("changes", { clusterId: busy });
      const logs = new auditgate.DdsAuditLogs("logs", { instanceId, last: "90d" });
      return {
        dumps: [dumps.id, dumps.records, dumps.summary, dumps.total, dumps.complete, dumps.digest],
        changes: [
          changes.id,
          changes.records,
          changes.summary,
          changes.total,
          changes.complete,
          changes.digest,
        ],
        logs: [logs.id, logs.records, logs.summary, logs.total, logs.complete, logs.digest],
        window: logs.window,
        last: logs.last,
        first: changes.records[0]!.id,
      };
    },
  });
}, 120_000);

afterAll(async () => {
  await emulator.close();
  at.remove();
});

test("all records of the three queries come out as outputs, equal to what the core reads", async () => {
  const { outputs, summary } = await stack.up();
  const client = createClient({ env: emulator.env });
  const readings = {
    dumps: await read(client, dwsAuditDumpRecords, { clusterId: failedDump }),
    changes: await read(client, dwsParameterModificationRecords, { clusterId: busy }),
    logs: await read(client, ddsAuditLogs, { instanceId, last: "90d" }),
  };
  await client.close();
  for (const [name, reading] of Object.entries(readings)) {
    const [id, ...values] = outputs[name]!.value;
    expect(id).toMatch(/^[0-9a-f]{32}$/);
    expect(values).toEqual([reading.records, reading.summary, reading.total, true, reading.digest]);
  }
  expect(readings.changes.records.length).toBeGreaterThan(2000);
  expect(outputs["window"]?.value).toEqual(readings.logs.window);
  expect(outputs["first"]?.value).toBe(readings.changes.records[0]?.id);
  expect(outputs["last"]?.value).toBe("90d");
  expect(summary.resourceChanges).toEqual({ create: 1 });
}, 120_000);

test("a null in a record is null in the output", async () => {
  const [, records] = (await stack.outputs())["dumps"]!.value;
  const succeeded = records.find((record: { result: string }) => record.result === "SUCCESS");
  expect(succeeded).toHaveProperty("failedReason", null);
}, 60_000);

test("a preview and an up without changed audit data are empty", async () => {
  expect((await stack.preview({ expectNoChanges: true })).changeSummary).toEqual({ same: 1 });
  const before = await stack.outputs();
  const { summary, outputs } = await stack.up({ expectNoChanges: true });
  expect(summary.resourceChanges).toEqual({ same: 1 });
  expect(outputs).toEqual(before);
}, 120_000);
