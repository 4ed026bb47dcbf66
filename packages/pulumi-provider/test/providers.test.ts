import * as pulumi from "@pulumi/pulumi";
import type { Stack } from "@pulumi/pulumi/automation/index.js";
import { type Emulator, sample, startEmulator } from "@auditgate/emulator";
import { auditgate } from "./package.ts";
import { inlineStack, type Scratch, scratch } from "./stack.ts";

const { auditor, clusters, instances, netherlands, newcomer } = sample;

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

beforeEach(() => emulator.reset());

const endpoints = () => ({ dws: emulator.url, dds: emulator.url, iam: emulator.url });

/** The settings of a stack that needs nothing of the environment. */
const settings = () => ({
  "auditgate:region": { value: sample.region },
  "auditgate:endpoints": { value: JSON.stringify(endpoints()) },
  "auditgate:userName": { value: auditor.name },
  "auditgate:password": { value: auditor.password, secret: true },
  "auditgate:domainName": { value: sample.domain.name },
  "auditgate:maxRetries": { value: "1" },
  "auditgate:timeoutSeconds": { value: "60" },
  "auditgate:insecure": { value: "false" },
});

test("stack configuration is enough, and one sign-in serves all resources of a preview", async () => {
  const stack = await inlineStack(at, {
    name: "config",
    config: settings(),
    program: async () => {
      const ids = Object.values(clusters).slice(0, 6);
      const counts = ids.map(
        (id, n) => new auditgate.DwsAuditDumpRecords(`dumps-${n}`, { clusterId: id }).total,
      );
      return {
        counts,
        logs: new auditgate.DdsAuditLogs("logs", { instanceId: instances.healthy, last: "1d" }).total,
      };
    },
  });
  const { outputs } = await stack.up();
  expect(outputs["counts"]?.value).toHaveLength(6);
  // Up previews nothing here; the provider process signs in once for its seven resources.
  expect(emulator.requests.filter(({ method }) => method === "POST")).toHaveLength(1);
}, 120_000);

test("a setting of the wrong kind is named with its key", async () => {
  const stack = await inlineStack(at, {
    name: "malformed",
    config: { ...settings(), "auditgate:maxRetries": { value: "often" } },
    program: async () => {
      new auditgate.DwsAuditDumpRecords("dumps", { clusterId: clusters.healthy });
    },
  });
  await expect(stack.preview()).rejects.toThrow(/auditgate:maxRetries must be a whole number, not "often"/);
}, 120_000);

class Audited extends pulumi.ComponentResource {
  readonly total: pulumi.Output<number | null>;
  readonly logs: pulumi.Output<number>;
  constructor(name: string, opts: pulumi.ComponentResourceOptions) {
    super("test:index:Audited", name, {}, opts);
    const { cluster: clusterId, instance: instanceId } = netherlands;
    this.total = new auditgate.DwsAuditDumpRecords(`${name}-dumps`, { clusterId }, { parent: this }).total;
    this.logs = auditgate.getDdsAuditLogsOutput({ instanceId, last: "1d" }, { parent: this }).summary.count;
  }
}

async function severalProviders(secretKey: string = auditor.secretKey): Promise<Stack> {
  return inlineStack(at, {
    name: "several",
    config: settings(),
    program: async () => {
      const dutch = new auditgate.Provider("dutch", {
        region: netherlands.region,
        projectName: netherlands.project.name,
        endpoints: endpoints(),
        accessKey: pulumi.output(auditor.accessKey),
        secretKey,
        maxRetries: 0,
        insecure: false,
      });
      const opts = { provider: dutch };
      const plain = await auditgate.getDdsAuditLogs({ instanceId: netherlands.instance, last: "1d" }, opts);
      const component = new Audited("component", { providers: [dutch] });
      return {
        german: new auditgate.DwsAuditDumpRecords("german", { clusterId: clusters.healthy }).total,
        dutch: new auditgate.DwsAuditDumpRecords("dutch", { clusterId: netherlands.cluster }, opts).total,
        region: new auditgate.DwsAuditDumpRecords("by-argument", {
          clusterId: netherlands.cluster,
          region: netherlands.region,
          projectId: netherlands.project.id,
        }).total,
        plain: plain.summary.count,
        component: component.total,
        componentLogs: component.logs,
      };
    },
  });
}

test("providers, regions as arguments and components with providers work side by side in one program", async () => {
  const { outputs } = await (await severalProviders()).up();
  const values = Object.fromEntries(Object.entries(outputs).map(([name, { value }]) => [name, value]));
  expect(values["german"]).toBe(336);
  expect(values["dutch"]).toBeGreaterThan(0);
  expect(values["region"]).toBe(values["dutch"]);
  expect(values["component"]).toBe(values["dutch"]);
  expect(values["plain"]).toBeGreaterThan(0);
  expect(values["componentLogs"]).toBe(values["plain"]);
}, 120_000);

test("a provider's changed credentials replace nothing", async () => {
  emulator.update((data) => {
    const user = data.accounts[0]?.users.find(({ name }) => name === auditor.name);
    user?.accessKeys?.forEach((key) => (key.secret = "rotated-secret"));
  });
  const { summary } = await (await severalProviders("rotated-secret")).up();
  expect(summary.resourceChanges).toEqual({ same: 2, update: 1 });
}, 120_000);

test("credentials without permission are refused in the provider's name", async () => {
  const stack = await inlineStack(at, {
    name: "forbidden",
    program: async () => {
      const { accessKey, secretKey } = newcomer;
      const place = { region: sample.region, projectId: sample.project.id, endpoints: endpoints() };
      const provider = new auditgate.Provider("newcomer", { ...place, accessKey, secretKey });
      new auditgate.DwsAuditDumpRecords("dumps", { clusterId: clusters.healthy }, { provider });
    },
  });
  await expect(stack.preview()).rejects.toThrow(/HTTP 403: .*accessKey/);
}, 120_000);

test("settings that are unknown in a preview leave resources and outputs unknown, and nothing is asked", async () => {
  class Token extends pulumi.dynamic.Resource {
    declare readonly token: pulumi.Output<string>;
    constructor(token: string) {
      const create = async () => ({ id: "token", outs: { token } });
      super({ create }, "token", { token: undefined }, { additionalSecretOutputs: ["token"] });
    }
  }
  const stack = await inlineStack(at, {
    name: "unknown",
    program: async () => {
      const place = { region: sample.region, projectId: sample.project.id, endpoints: endpoints() };
      const provider = new auditgate.Provider("late", { ...place, token: new Token(auditor.token).token });
      const dumps = new auditgate.DwsAuditDumpRecords("dumps", { clusterId: clusters.healthy }, { provider });
      const logs = auditgate.getDdsAuditLogsOutput(
        { instanceId: instances.healthy, last: "1d" },
        { provider },
      );
      return { total: dumps.total, logs: logs.summary.count };
    },
  });
  await stack.preview();
  expect(emulator.requests).toEqual([]);
  const { outputs } = await stack.up();
  expect(outputs["total"]).toEqual({ value: 336, secret: false });
  expect(outputs["logs"]?.secret).toBe(false);
}, 120_000);
