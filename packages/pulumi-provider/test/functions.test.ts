import type { EngineEvent } from "@pulumi/pulumi/automation/index.js";
import { type Emulator, sample, startEmulator } from "@auditgate/emulator";
import * as pulumi from "@pulumi/pulumi";
import { auditgate } from "./package.ts";
import { inlineStack, type Scratch, scratch } from "./stack.ts";

const clusterId = sample.clusters.busy;
const instanceId = sample.instances.silentNode;

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

const config = () => ({
  "auditgate:region": { value: sample.region },
  "auditgate:projectId": { value: sample.project.id },
  "auditgate:token": { value: sample.auditor.token, secret: true },
  "auditgate:endpoints": { value: JSON.stringify({ dws: emulator.url, dds: emulator.url }) },
});

test("functions return what the resources of the same arguments have, under the same id, and keep nothing", async () => {
  const stack = await inlineStack(at, {
    name: "functions",
    config: config(),
    program: async () => {
      const changes = new auditgate.DwsParameterModificationRecords("changes", { clusterId });
      const logs = new auditgate.DdsAuditLogs("logs", { instanceId, last: "3d" });
      const dumps = new auditgate.DwsAuditDumpRecords("dumps", { clusterId });
      const plain = {
        changes: await auditgate.getDwsParameterModificationRecords({ clusterId }),
        logs: await auditgate.getDdsAuditLogs({ instanceId, last: "3d" }),
        dumps: await auditgate.getDwsAuditDumpRecords({ clusterId }),
      };
      const wrapped = {
        changes: auditgate.getDwsParameterModificationRecordsOutput({ clusterId: pulumi.output(clusterId) }),
        logs: auditgate.getDdsAuditLogsOutput({ instanceId, last: Promise.resolve("3d") }),
        dumps: auditgate.getDwsAuditDumpRecordsOutput({ clusterId: changes.clusterId }),
      };
      const facts = ({ id, digest, total }: { id: unknown; digest: unknown; total: unknown }) => ({
        id,
        digest,
        total,
      });
      return {
        resources: [facts(changes), facts(logs), facts(dumps)],
        plain: Object.values(plain).map(facts),
        wrapped: Object.values(wrapped).map(facts),
        window: [logs.window, plain.logs.window],
        names: Object.keys(plain.logs),
      };
    },
  });
  const { outputs } = await stack.up();
  expect(outputs["plain"]?.value).toEqual(outputs["resources"]?.value);
  expect(outputs["wrapped"]?.value).toEqual(outputs["resources"]?.value);
  const [ofResource, ofFunction] = outputs["window"]?.value ?? [];
  expect(ofFunction).toEqual(ofResource);
  expect(outputs["names"]?.value).not.toContain("requestIds");
  const { deployment } = await stack.exportStack();
  expect(deployment.resources).toHaveLength(5);
}, 120_000);

test("a secret argument makes the result secret", async () => {
  const stack = await inlineStack(at, {
    name: "secret",
    config: config(),
    program: async () => ({
      secret: auditgate.getDdsAuditLogsOutput({ instanceId: pulumi.secret(instanceId), last: "1d" }).summary,
      open: auditgate.getDdsAuditLogsOutput({ instanceId, last: "1d" }).summary,
    }),
  });
  const { outputs } = await stack.up();
  expect(outputs["secret"]?.secret).toBe(true);
  expect(outputs["open"]?.secret).toBe(false);
  expect(outputs["open"]?.value).toEqual(outputs["secret"]?.value);
}, 120_000);

test("an incomplete reading is a warning of its resource, or of the function", async () => {
  const stack = await inlineStack(at, {
    name: "incomplete",
    config: config(),
    program: async () => {
      const changes = new auditgate.DwsParameterModificationRecords("changes", { clusterId, maxRecords: 10 });
      const plain = await auditgate.getDdsAuditLogs({ instanceId, last: "3d", maxRecords: 5 });
      return { count: changes.records.length, reason: changes.incompleteReason, plain: plain.complete };
    },
  });
  const warnings: string[] = [];
  const onEvent = ({ diagnosticEvent }: EngineEvent) => {
    if (diagnosticEvent?.severity !== "warning") return;
    warnings.push(`${diagnosticEvent.urn?.split("::").pop()}: ${diagnosticEvent.message}`);
  };
  await stack.preview({ onEvent });
  expect(warnings.toSorted()).toEqual([
    expect.stringMatching(/^changes: .*The reading is not complete: truncated: /),
    expect.stringMatching(/: .*getDdsAuditLogs: The reading is not complete: truncated: /),
  ]);
  const { outputs } = await stack.up();
  expect(outputs["count"]?.value).toBe(10);
  expect(outputs["reason"]?.value).toMatch(/^truncated: /);
  expect(outputs["plain"]?.value).toBe(false);
}, 120_000);
