import * as pulumi from "@pulumi/pulumi";
import { type Emulator, sample } from "@auditgate/emulator";
import { busyClusterId as clusterId, startBusyEmulator } from "./busy-emulator.ts";
import { auditgate } from "./package.ts";
import { inlineStack, type Scratch, scratch } from "./stack.ts";

const COUNT = 10_000;

let emulator: Emulator;
let at: Scratch;

beforeAll(async () => {
  emulator = await startBusyEmulator(COUNT);
  at = scratch();
});

afterAll(async () => {
  await emulator.close();
  at.remove();
});

test("10,000 records are read, kept and given out whole, and an unchanged preview is empty", async () => {
  const stack = await inlineStack(at, {
    name: "all",
    env: emulator.env,
    program: async () => {
      const changes = new auditgate.DwsParameterModificationRecords("changes", { clusterId });
      const ids = changes.records.apply((records) => new Set(records.map(({ id }) => id)).size);
      return { complete: changes.complete, count: changes.summary.count, ids };
    },
  });
  const { outputs } = await stack.up();
  expect(outputs["count"]?.value).toBe(COUNT);
  expect(outputs["ids"]?.value).toBe(COUNT);
  expect(outputs["complete"]?.value).toBe(true);
  await stack.preview({ expectNoChanges: true });
  const { deployment } = await stack.exportStack();
  expect(JSON.stringify(deployment).length).toBeLessThan(4_000_000);
}, 180_000);

test("a function's records leave no trace in the state, and another stack can refer to the figures", async () => {
  const config = {
    "auditgate:region": { value: sample.region },
    "auditgate:projectId": { value: sample.project.id },
    "auditgate:token": { value: sample.auditor.token, secret: true },
    "auditgate:endpoints": { value: JSON.stringify({ dws: emulator.url }) },
  };
  const figures = await inlineStack(at, {
    name: "figures",
    config,
    program: async () => {
      const { summary } = await auditgate.getDwsParameterModificationRecords({ clusterId });
      return { summary };
    },
  });
  await figures.up();
  expect(JSON.stringify((await figures.exportStack()).deployment).length).toBeLessThan(5_000);
  const referring = await inlineStack(at, {
    name: "referring",
    program: async () => {
      const summary = new pulumi.StackReference("organization/test/figures").requireOutput("summary");
      return { count: summary.apply(({ count }) => count) };
    },
  });
  expect((await referring.up()).outputs["count"]?.value).toBe(COUNT);
}, 180_000);
