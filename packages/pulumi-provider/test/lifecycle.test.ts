import type { Stack } from "@pulumi/pulumi/automation/index.js";
import { type Cluster, type Dump, type Emulator, sample, startEmulator } from "@auditgate/emulator";
import { auditgate } from "./package.ts";
import { FAILED, inlineStack, type Scratch, scratch } from "./stack.ts";

const clusterId = sample.clusters.healthy;

let emulator: Emulator;
let at: Scratch;
let stack: Stack;

beforeAll(async () => {
  emulator = await startEmulator();
  at = scratch();
  stack = await inlineStack(at, {
    env: emulator.env,
    program: async () => {
      const dumps = new auditgate.DwsAuditDumpRecords("dumps", { clusterId });
      const changes = new auditgate.DwsParameterModificationRecords("changes", { clusterId });
      return {
        failed: dumps.summary.failed,
        count: dumps.summary.count,
        id: dumps.id,
        changes: changes.total,
      };
    },
  });
}, 120_000);

afterAll(async () => {
  await emulator.close();
  at.remove();
});

beforeEach(() => {
  emulator.requests.splice(0);
});

function addDump(dump: Dump): void {
  emulator.update((data) => {
    const cluster = data.clusters.find(({ id }) => id === clusterId) as Cluster;
    (cluster.dumps as Dump[]).unshift(dump);
  });
}

async function urnOf(name: string): Promise<string> {
  const { deployment } = await stack.exportStack();
  const found = deployment.resources.find(({ urn }: { urn: string }) => urn.endsWith(`::${name}`));
  return found.urn;
}

async function stateOf(name: string): Promise<{ id: string; external: boolean; outputs: { total: number } }> {
  const { deployment } = await stack.exportStack();
  return deployment.resources.find(({ urn }: { urn: string }) => urn.endsWith(`::${name}`));
}

test("the first up reads, and creates nothing but the stack", async () => {
  const { summary, outputs } = await stack.up();
  expect(summary.resourceChanges).toEqual({ create: 1 });
  expect(outputs["failed"]?.value).toBe(0);
  expect(await stateOf("dumps")).toMatchObject({ external: true, outputs: { complete: true } });
}, 120_000);

test("changed audit data is new outputs and no resource change", async () => {
  const { id, count } = await stack.outputs();
  addDump({
    cluster_id: clusterId,
    executor_time: "2030-01-01T00:00:00",
    result: "FAILED",
    failed_reason: "no bucket",
  });
  await stack.preview({ expectNoChanges: true });
  const { outputs, summary } = await stack.up({ expectNoChanges: true });
  // Pulumi lists a read that found something new; it is no change of a resource.
  expect(summary.resourceChanges).toEqual({ same: 1, read: 1 });
  expect(outputs["failed"]?.value).toBe(1);
  expect(outputs["count"]?.value).toBe(count?.value + 1);
  expect(outputs["id"]?.value).toBe(id?.value);
}, 120_000);

test("a refresh reads the audit data again", async () => {
  const { id, outputs } = await stateOf("dumps");
  addDump({ cluster_id: clusterId, executor_time: "2030-01-02T00:00:00", result: "SUCCESS" });
  await stack.refresh();
  expect(await stateOf("dumps")).toMatchObject({ id, outputs: { total: outputs.total + 1 } });
}, 120_000);

test("up with a refresh before it works, and changes nothing", async () => {
  const { summary, outputs } = await stack.up({ refresh: true, expectNoChanges: true });
  expect(summary.resourceChanges).toEqual({ same: 1 });
  expect(outputs["failed"]?.value).toBe(1);
}, 120_000);

test("a refresh of the program's own outputs works", async () => {
  await expect(stack.refresh({ runProgram: true, expectNoChanges: true })).resolves.toBeDefined();
}, 120_000);

test("an update plan holds for resources whose audit data changes, not for stack outputs that do", async () => {
  const plan = `${at.folder}/plan.json`;
  await stack.preview({ plan });
  expect((await stack.up({ plan })).summary.result).toBe("succeeded");
  const quiet = await inlineStack(at, {
    name: "quiet",
    env: emulator.env,
    program: async () => ({ id: new auditgate.DwsAuditDumpRecords("dumps", { clusterId }).id }),
  });
  await quiet.preview({ plan: `${plan}.quiet` });
  addDump({ cluster_id: clusterId, executor_time: "2030-01-03T00:00:00", result: "SUCCESS" });
  expect((await quiet.up({ plan: `${plan}.quiet` })).summary.result).toBe("succeeded");
  await expect(stack.up({ plan })).rejects.toThrow(`exit code ${FAILED}`);
}, 120_000);

test("a target leaves everything else out of the plan, and works", async () => {
  const { summary } = await stack.up({ target: [await urnOf("dumps")] });
  expect(summary.result).toBe("succeeded");
}, 120_000);

test("a state that was exported can be imported", async () => {
  const before = await stack.exportStack();
  await stack.importStack(before);
  expect((await stack.up({ expectNoChanges: true })).summary.result).toBe("succeeded");
}, 120_000);

test("a state that another version wrote brings no replacement and no update, and can be refreshed", async () => {
  const state = await stack.exportStack();
  const old = JSON.stringify(state).replaceAll(
    "read-only: audit data is read",
    "an older version: audit data is read",
  );
  await stack.importStack(JSON.parse(old));
  await stack.refresh({ expectNoChanges: true });
  const { summary } = await stack.up({ expectNoChanges: true });
  expect(summary.resourceChanges).toMatchObject({ same: 1 });
  expect(JSON.stringify(await stack.exportStack())).not.toContain("an older version");
}, 120_000);

test("an unreachable service fails preview and up, and not destroy", async () => {
  const fault = emulator.inject({ connection: "reset" });
  await expect(stack.preview()).rejects.toThrow(/Cannot reach http/);
  await expect(stack.up()).rejects.toThrow(/Cannot reach http/);
  const { summary } = await stack.destroy();
  expect(summary.result).toBe("succeeded");
  await fault.remove();
  expect((await stack.exportStack()).deployment.resources ?? []).toEqual([]);
}, 120_000);
