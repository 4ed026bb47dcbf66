import { join, resolve } from "node:path";
import { type Emulator, sample, startEmulator } from "@auditgate/emulator";
import { App, Fn, LocalBackend, Op, TerraformStack, TerraformVariable } from "cdktf";
import {
  AuditgateProvider,
  DataAuditgateDdsAuditLogs,
  DataAuditgateDwsAuditDumpRecords,
  DataAuditgateDwsParameterModificationRecords,
} from "../src/index.ts";
import { type Bench, createBench, type Outcome, succeeded } from "./bench.ts";

const { clusters, instances, nodes } = sample;

let emulator: Emulator;
let bench: Bench;

beforeAll(async () => {
  emulator = await startEmulator();
  bench = createBench({
    ...emulator.env,
    DWS_CLUSTER_ID: clusters.healthy,
    DDS_INSTANCE_ID: instances.healthy,
    DDS_NODE_IDS: nodes.healthy.join(),
  });
});

afterAll(async () => {
  await emulator.close();
  bench.remove();
});

/** What a person reads, without line breaks and frames. */
function prose({ output }: Outcome): string {
  return output.replaceAll(/[\s│╷╵]+/g, " ");
}

describe("the example", () => {
  const folder = () => join(bench.folder, "cdktf.out", "stacks", "release");
  const planned = () => bench.engine("terraform", folder(), "plan", "-detailed-exitcode");

  beforeAll(async () => {
    await succeeded(bench.node(resolve("examples/cdktf-compliance/main.ts"), bench.folder));
    await succeeded(bench.engine("terraform", folder(), "init"));
  }, 60_000);

  beforeEach(() => emulator.reset());

  test("releases while the audit trail is in order", async () => {
    const apply = await succeeded(bench.engine("terraform", folder(), "apply", "-auto-approve"));
    expect(apply.output).toContain("terraform_data.release: Creation complete");
    expect(await planned()).toMatchObject({ code: 0 });
  }, 60_000);

  test("fails plan and apply after a failed dump, with the reason, and touches nothing", async () => {
    emulator.update(({ clusters: all }) => {
      const dumps = all.find(({ id }) => id === clusters.healthy)?.dumps;
      if (!Array.isArray(dumps)) throw new Error("the sample has changed");
      Object.assign(dumps[0] ?? {}, { result: "FAILED", failed_reason: "no \u001b[31mspace\n::error::left" });
    });
    const plan = await planned();
    expect(plan.code).toBe(1);
    expect(prose(plan)).toMatch(
      /1 of \d+ audit dumps of cluster \S+ failed: \["no \\u001b\[31mspace\\n\\u003a:error\\u003a:left"\]\. Latest success: "20/,
    );
    expect(plan.output).not.toContain("\u001b");
    expect(plan.output).not.toMatch(/^::error/m);
    expect(plan.output).not.toContain("terraform_data.release will be");
    const apply = await bench.engine(
      "terraform",
      folder(),
      "apply",
      "-auto-approve",
      "-replace=terraform_data.release",
    );
    expect(apply.code).toBe(1);
    expect(apply.output).not.toContain("Destroying");
  }, 60_000);

  test("fails after a dump whose result is neither success nor running, though it gives no reason", async () => {
    emulator.update(({ clusters: all }) => {
      const dumps = all.find(({ id }) => id === clusters.healthy)?.dumps;
      if (!Array.isArray(dumps)) throw new Error("the sample has changed");
      Object.assign(dumps[0] ?? {}, { result: "PARTIAL\u009b##vso[task.x]\u202e" });
    });
    const plan = await planned();
    expect(plan.code).toBe(1);
    expect(prose(plan)).toMatch(
      /1 of \d+ audit dumps of cluster \S+ failed: \[\]\. Latest success: "20.*Results: \[.*"PARTIAL\?\\u0023#vso\[task\.x\]\?"/,
    );
    expect(plan.output).not.toMatch(/[\u009b\u202e]|##vso/);
  }, 60_000);

  test("passes again when all is well again", async () => {
    expect(await planned()).toMatchObject({ code: 0, output: expect.stringContaining("No changes.") });
  }, 60_000);
});

describe("expectations", () => {
  /** A stack in which `build` makes data sources, planned. */
  async function plan(name: string, build: (stack: TerraformStack) => void): Promise<Outcome> {
    const stack = new TerraformStack(new App({ outdir: join(bench.folder, "expectations") }), name);
    new LocalBackend(stack, { path: "terraform.tfstate" });
    new AuditgateProvider(stack, "auditgate");
    build(stack);
    (stack.node.root as App).synth();
    const folder = join(bench.folder, "expectations", "stacks", name);
    await succeeded(bench.engine("terraform", folder, "init"));
    return bench.engine("terraform", folder, "plan");
  }

  test("all hold for a healthy cluster and instance", async () => {
    const outcome = await plan("healthy", (stack) => {
      const clusterId = clusters.healthy;
      const dumps = new DataAuditgateDwsAuditDumpRecords(stack, "dumps", { clusterId });
      dumps.expectComplete();
      dumps.expectRecords();
      dumps.expectNoFailedDumps();
      dumps.expectNoRunningDumps();
      dumps.expectSuccessfulDump();
      dumps.expectResults(["SUCCESS"]);
      dumps.expectBucket("audit-archive");
      const changes = new DataAuditgateDwsParameterModificationRecords(stack, "changes", { clusterId });
      changes.expectNoFailedChanges();
      changes.expectNoPendingChanges();
      changes.expectStatuses(["In-Sync"]);
      changes.expectChangesAtMost(1000);
      const logs = new DataAuditgateDdsAuditLogs(stack, "logs", {
        instanceId: instances.healthy,
        last: "1d",
      });
      logs.expectLogsFromNodes([...nodes.healthy]);
      logs.expectBytesAtMost(1e12);
      logs.expect(Op.eq(Fn.lengthOf(logs.summary.byNode), 3), "There are not three nodes.");
    });
    expect(prose(outcome)).toContain("No changes.");
    expect(outcome.code).toBe(0);
  }, 60_000);

  test("each fail with their own figures", async () => {
    const outcome = await plan("violated", (stack) => {
      const dumps = (id: string, clusterId: string, maxRecords?: number) =>
        new DataAuditgateDwsAuditDumpRecords(stack, id, { clusterId, maxRecords });
      const changes = (id: string, clusterId: string) =>
        new DataAuditgateDwsParameterModificationRecords(stack, id, { clusterId });
      const logs = (id: string, instanceId: string) =>
        new DataAuditgateDdsAuditLogs(stack, id, { instanceId, last: "1d" });
      dumps("incomplete", clusters.healthy, 1).expectComplete();
      dumps("in-part", clusters.healthy, 1).expectNoFailedDumps();
      dumps("none", clusters.empty).expectRecords();
      dumps("failed", clusters.failedDump).expectNoFailedDumps();
      dumps("running", clusters.runningDump).expectNoRunningDumps();
      dumps("no-success", clusters.empty).expectSuccessfulDump();
      dumps("results", clusters.runningDump).expectResults(["SUCCESS"]);
      dumps("bucket", clusters.healthy).expectBucket("elsewhere");
      const pending = changes("pending", clusters.pendingChanges);
      pending.expectNoFailedChanges();
      pending.expectNoPendingChanges();
      pending.expectStatuses(["In-Sync"]);
      pending.expectChangesAtMost(0);
      const silent = logs("silent", instances.silentNode);
      silent.expectLogsFromNodes([...nodes.silentNode]);
      silent.expectBytesAtMost(0);
      const named = new TerraformVariable(stack, "nodes", { type: "list(string)", default: [] });
      logs("nobody", instances.healthy).expectLogsFromNodes(named.listValue);
      const own = dumps("own", clusters.healthy);
      own.expect(
        Op.lt(own.summary.count, 5),
        `${own.summary.count} dumps in region ${own.region} are too many.`,
      );
    });
    expect(outcome.code).toBe(1);
    const messages = [
      "The audit data is incomplete: truncated: ",
      "0 audit records were found; at least 1 are expected.",
      /1 of \d+ audit dumps of cluster \S+ failed: \["The OBS bucket [^"]+"\]\. Latest success: "20/,
      /1 of \d+ audit dumps of cluster \S+ are still running\./,
      /None of the 0 audit dumps of cluster \S+ succeeded\./,
      /have the results \["RUNNING"\]; expected are \["SUCCESS"\]\./,
      /went to the buckets \["audit-archive"\] instead of elsewhere\./,
      /2 of 20 parameter modifications of cluster \S+ failed: \["[^"]+","[^"]+"\]\./,
      /3 of 20 parameter modifications of cluster \S+ are not in effect yet/,
      /have the statuses \[.*"Pending-Reboot".*\]; expected are \["In-Sync"\]\./,
      /has 20 parameter modifications; at most 0 are expected\./,
      `no audit logs of the nodes ["${nodes.silentNode[2]}"] between 20`,
      /audit logs of instance \S+ have \d+ bytes; at most 0 are expected\./,
      "No node is named whose audit logs are expected.",
      /\d+ dumps in region eu-de are too many\./,
    ];
    const text = prose(outcome);
    for (const message of messages) {
      expect(text).toMatch(message);
    }
    // What is said of all records is not true of a part of them: that is the one more.
    expect(text.match(/Error: Resource postcondition failed/g)).toHaveLength(messages.length + 1);
    expect(text.match(/incomplete: truncated: /g)).toHaveLength(2);
    expect(text.match(/Error:/g)).toHaveLength(messages.length + 1);
  }, 60_000);
});
