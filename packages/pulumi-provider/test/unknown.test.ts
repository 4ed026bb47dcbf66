import * as pulumi from "@pulumi/pulumi";
import type { Stack } from "@pulumi/pulumi/automation/index.js";
import { type Emulator, sample, startEmulator } from "@auditgate/emulator";
import { auditgate } from "./package.ts";
import { inlineStack, type Scratch, scratch } from "./stack.ts";

const clusterId = sample.clusters.healthy;
const instanceId = sample.instances.healthy;

let emulator: Emulator;
let at: Scratch;
let stack: Stack;

// A cluster that this program creates; its id is unknown in the first preview.
const clusters: pulumi.dynamic.ResourceProvider = {
  async create(inputs: { wanted: string }) {
    return { id: "cluster", outs: { ...inputs, clusterId: inputs.wanted } };
  },
};

class Cluster extends pulumi.dynamic.Resource {
  declare readonly clusterId: pulumi.Output<string>;
  constructor(name: string, opts?: pulumi.CustomResourceOptions) {
    super(clusters, name, { wanted: clusterId, clusterId: undefined }, opts);
  }
}

class Platform extends pulumi.ComponentResource {
  constructor(name: string) {
    super("test:index:Platform", name);
    new Cluster(`${name}-cluster`, { parent: this });
  }
}

beforeAll(async () => {
  emulator = await startEmulator();
  at = scratch();
  stack = await inlineStack(at, {
    env: emulator.env,
    config: configOf(emulator.env),
    program: async () => {
      const cluster = new Cluster("cluster");
      const platform = new Platform("platform");
      const { DwsAuditDumpRecords: Dumps, getDdsAuditLogsOutput } = auditgate;
      const ofUnknown = new Dumps("of-unknown", { clusterId: cluster.clusterId });
      const afterUnknown = new Dumps("after-unknown", { clusterId }, { dependsOn: cluster });
      const afterComponent = new Dumps("after-component", { clusterId }, { dependsOn: [platform] });
      const chained = new Dumps("chained", {
        clusterId: ofUnknown.records[0]!.clusterId.apply((id) => id ?? clusterId),
      });
      const logs = getDdsAuditLogsOutput({ instanceId, last: "1d" }, { dependsOn: [afterUnknown] });
      const logsOfUnknown = getDdsAuditLogsOutput({
        instanceId: cluster.clusterId.apply(() => instanceId),
        last: "1d",
      });
      return {
        counts: [ofUnknown, afterUnknown, afterComponent, chained].map((dumps) => dumps.summary.count),
        logs: [logs.summary.count, logsOfUnknown.summary.count],
      };
    },
  });
}, 120_000);

afterAll(async () => {
  await emulator.close();
  at.remove();
});

function configOf(env: { readonly [name: string]: string }) {
  return {
    "auditgate:region": { value: env["AUDITGATE_REGION"] ?? "" },
    "auditgate:projectId": { value: env["AUDITGATE_PROJECT_ID"] ?? "" },
    "auditgate:accessKey": { value: env["AUDITGATE_ACCESS_KEY"] ?? "", secret: true },
    "auditgate:secretKey": { value: env["AUDITGATE_SECRET_KEY"] ?? "", secret: true },
    "auditgate:endpoints": {
      value: JSON.stringify({ dws: env["AUDITGATE_DWS_ENDPOINT"], dds: env["AUDITGATE_DDS_ENDPOINT"] }),
    },
  };
}

test("a preview with unknown arguments or dependencies asks nothing", async () => {
  await stack.preview();
  expect(emulator.requests).toEqual([]);
}, 120_000);

test("up asks once all of them are known", async () => {
  const { outputs } = await stack.up();
  expect(outputs["counts"]?.value).toEqual([336, 336, 336, 336]);
  expect(outputs["logs"]?.value[0]).toBeGreaterThan(0);
  expect(outputs["logs"]?.value[1]).toBe(outputs["logs"]?.value[0]);
}, 120_000);

test("the next preview knows them all", async () => {
  expect((await stack.preview({ expectNoChanges: true })).changeSummary).toEqual({ same: 4 });
}, 120_000);
