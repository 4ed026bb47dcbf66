import * as pulumi from "@pulumi/pulumi";
import type * as Package from "./index.ts";

const clusterId = "e59d6b86-9072-46eb-a996-13f8b44994c1";
const record = { clusterId, result: "FAILED", failedReason: null };

const resources: pulumi.runtime.MockResourceArgs[] = [];
const calls: pulumi.runtime.MockCallArgs[] = [];
let auditgate: typeof Package;

beforeAll(async () => {
  await pulumi.runtime.setMocks(
    {
      newResource(args) {
        resources.push(args);
        return {
          id: args.id,
          state: { ...args.inputs, records: [record], summary: { failed: 1 }, total: 1 },
        };
      },
      call(args) {
        calls.push(args);
        return { ...args.inputs, records: [record], summary: { failed: 1 }, total: 1 };
      },
    },
    "project",
    "stack",
    false,
  );
  auditgate = await import("./index.ts");
});

const valueOf = <T>(output: pulumi.Output<T>) => new Promise<T>((resolve) => output.apply(resolve));

test("a user's unit tests see a read of a resource, with its id and arguments, and decide what it has", async () => {
  const dumps = new auditgate.DwsAuditDumpRecords("dumps", { clusterId, maxRecords: 10 });
  expect(await valueOf(dumps.summary.failed)).toBe(1);
  expect(await valueOf(dumps.records[0]!.failedReason)).toBeNull();
  expect(await valueOf(dumps.id)).toBe("ae5cd93619f31ae035242dec68c73db0");
  expect(await valueOf(dumps.region)).toBeUndefined();
  const [args] = resources;
  expect(args).toMatchObject({
    name: "dumps",
    custom: true,
    type: "pulumi-nodejs:dynamic/auditgate:DwsAuditDumpRecords",
  });
  const { __provider: _, ...inputs } = args!.inputs;
  expect(inputs).toEqual({ clusterId, maxRecords: 10 });
});

test("functions are answered by the mocks too, under their own tokens", async () => {
  const result = await auditgate.getDwsAuditDumpRecords({ clusterId });
  expect(result.summary.failed).toBe(1);
  const output = auditgate.getDdsAuditLogsOutput({ instanceId: pulumi.output("i1"), last: "1d" });
  expect(await valueOf(output.total)).toBe(1);
  expect(calls.map(({ token, inputs }) => [token, inputs])).toEqual([
    ["auditgate:index:getDwsAuditDumpRecords", { clusterId }],
    ["auditgate:index:getDdsAuditLogs", { instanceId: "i1", last: "1d" }],
  ]);
});

test("a provider's credentials are secrets, and its settings are texts", async () => {
  const provider = new auditgate.Provider("other", {
    region: "eu-de",
    secretKey: "hidden",
    endpoints: { dws: "https://d" },
  });
  await valueOf(provider.urn);
  const { type, inputs } = resources.find(({ name }) => name === "other")!;
  expect(type).toBe("pulumi:providers:pulumi-nodejs");
  expect(inputs).toMatchObject({ "auditgate:region": "eu-de", "auditgate:endpoints": '{"dws":"https://d"}' });
  expect(JSON.stringify(inputs["auditgate:secretKey"])).toContain("1b47061264138c4ac30d75fd1eb44270");
});

test("a resource accepts a component as parent, a provider and dependencies", async () => {
  const parent = new pulumi.ComponentResource("test:index:Parent", "parent");
  const provider = new auditgate.Provider("mine", { region: "eu-nl" });
  const logs = new auditgate.DdsAuditLogs(
    "logs",
    { instanceId: "i1", last: pulumi.output("1d") },
    { parent, provider, dependsOn: [parent], additionalSecretOutputs: ["records"] },
  );
  expect(await valueOf(logs.urn)).toContain(
    "test:index:Parent$pulumi-nodejs:dynamic/auditgate:DdsAuditLogs::logs",
  );
});
