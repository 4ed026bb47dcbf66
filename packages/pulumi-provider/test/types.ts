/** Only has to compile: what the public types accept, and what they do not. */
import type * as pulumi from "@pulumi/pulumi";
import {
  AuditGate,
  type AuditGateArgs,
  DdsAuditLogs,
  type DdsAuditLogsSummaryByNode,
  DwsAuditDumpRecords,
  DwsParameterModificationRecords,
  type DwsAuditDumpRecordsRecord,
  gateCheck,
  type GateViolation,
  getDdsAuditLogs,
  getDdsAuditLogsOutput,
  getDwsAuditDumpRecords,
  guardStack,
  Provider,
} from "../src/index.ts";

export function resources(cluster: pulumi.CustomResource, secret: pulumi.Output<string>): void {
  const provider = new Provider("p", {
    region: "eu-de",
    secretKey: secret,
    maxRetries: secret.apply(Number),
    assumeRole: { agencyName: "readers", duration: secret.apply(Number) },
    endpoints: secret.apply((dws) => ({ dws })),
  });
  const dumps = new DwsAuditDumpRecords(
    "d",
    { clusterId: cluster.id },
    { provider, dependsOn: [cluster], parent: cluster },
  );
  const records: pulumi.Output<DwsAuditDumpRecordsRecord[]> = dumps.records;
  const result: pulumi.Output<string | null> = dumps.records[0]!.result;
  const failed: pulumi.Output<number> = dumps.summary.failed;
  const total: pulumi.Output<number | null> = dumps.total;
  const id: pulumi.Output<string> = dumps.id;
  const logs = new DdsAuditLogs("l", { instanceId: Promise.resolve("i"), last: undefined });
  const nodes: pulumi.Output<DdsAuditLogsSummaryByNode[]> = logs.summary.byNode;
  const start: pulumi.Output<string> = logs.window.startTime;
  void [records, result, failed, total, id, nodes, start];

  // @ts-expect-error a cluster is needed
  new DwsAuditDumpRecords("d", {});
  // @ts-expect-error no such argument
  new DwsAuditDumpRecords("d", { clusterId: "c", instanceId: "i" });
  // @ts-expect-error of another kind
  new DwsParameterModificationRecords("d", { clusterId: "c", actionTime: "yesterday" });
  // @ts-expect-error outputs are read-only
  dumps.records = records;
  // @ts-expect-error no such field
  void dumps.records[0]!.operator;
  // @ts-expect-error no such setting
  new Provider("p", { acessKey: "typo" });

  const args = { clusterId: "c" };
  // @ts-expect-error the id is derived
  new DwsAuditDumpRecords("d", args, { id: "i" });
  // @ts-expect-error there is nothing to protect
  new DwsAuditDumpRecords("d", args, { protect: true });
  // @ts-expect-error there is nothing to import
  new DwsAuditDumpRecords("d", args, { import: "i" });
  // @ts-expect-error changes are what a reading is for
  new DwsAuditDumpRecords("d", args, { ignoreChanges: ["records"] });
  // @ts-expect-error nothing is replaced
  new DwsAuditDumpRecords("d", args, { replaceOnChanges: ["records"] });
  // @ts-expect-error nothing is replaced
  new DwsAuditDumpRecords("d", args, { deleteBeforeReplace: true });
  // @ts-expect-error nothing is deleted
  new DwsAuditDumpRecords("d", args, { retainOnDelete: true });
  // @ts-expect-error nothing is deleted
  new DwsAuditDumpRecords("d", args, { deletedWith: cluster });
  // @ts-expect-error Pulumi does not pass aliases on for resources that are read
  new DwsAuditDumpRecords("d", args, { aliases: [{ name: "old" }] });
  // @ts-expect-error the time limit is the setting timeoutSeconds
  new DwsAuditDumpRecords("d", args, { customTimeouts: { create: "1m" } });
}

export async function functions(instanceId: pulumi.Output<string>, provider: Provider): Promise<void> {
  const plain = await getDwsAuditDumpRecords({ clusterId: "c" }, { provider });
  const count: number = plain.summary.count;
  const reason: string | undefined = plain.incompleteReason;
  const output = getDdsAuditLogsOutput({ instanceId, last: "1d" }, { dependsOn: provider });
  const bytes: pulumi.Output<number> = output.summary.totalBytes;
  const size: pulumi.Output<number | null> = output.records[0]!.size;
  void [count, reason, bytes, size];

  // @ts-expect-error an output needs getDdsAuditLogsOutput
  await getDdsAuditLogs({ instanceId, last: "1d" });
  // @ts-expect-error a plain function cannot wait for resources
  await getDdsAuditLogs({ instanceId: "i" }, { dependsOn: provider });
  // @ts-expect-error the vendor's request ids are no output
  void plain.requestIds;
}

export async function gates(
  clusterId: pulumi.Output<string>,
  provider: Provider,
  dumps: DwsAuditDumpRecords,
): Promise<void> {
  const rules = clusterId.apply((id) => [{ clusterIds: [id], maxAge: "24h" }]);
  const args: AuditGateArgs = {
    enforcement: clusterId.apply(() => "advisory" as const),
    onError: "warn",
    dwsAuditDumpRecords: rules,
    dwsParameterModificationRecords: [
      {
        clusterIds: [clusterId],
        noPending: true,
        freezeWindows: [{ start: "s", end: Promise.resolve("e") }],
      },
    ],
    ddsAuditLogs: [{ instanceIds: Promise.resolve(["i"]), within: "7d", minLogs: clusterId.apply(Number) }],
    checks: [
      gateCheck("some", dumps, ({ summary }) => summary.count > 0),
      gateCheck("ours", getDdsAuditLogsOutput({ instanceId: "i", last: "1d" }), ({ records }) =>
        records.filter(({ size }) => size === null),
      ),
      gateCheck("later", await getDwsAuditDumpRecords({ clusterId: "c" }), async () => true, {
        expected: "it",
      }),
    ],
  };
  const gate = new AuditGate("g", args, { provider, dependsOn: dumps });
  const passed: pulumi.Output<boolean> = gate.passed;
  const violations: pulumi.Output<GateViolation[]> = gate.violations;
  const rule: pulumi.Output<string> = gate.violations[0]!.rule;
  const digest: pulumi.Output<string> = gate.evidenceDigest;
  void guardStack(gate);
  void [passed, violations, rule, digest];

  // @ts-expect-error a gate has a policy
  new AuditGate("g");
  // @ts-expect-error no such enforcement
  new AuditGate("g", { enforcement: "optional" });
  // @ts-expect-error no such rule
  new AuditGate("g", { dwsAuditDumpRecords: [{ clusterIds: ["c"], maxFailure: 0 }] });
  // @ts-expect-error rules are about clusters
  new AuditGate("g", { dwsAuditDumpRecords: [{ maxFailures: 0 }] });
  // @ts-expect-error no rule of DDS
  new AuditGate("g", { ddsAuditLogs: [{ instanceIds: ["i"], maxFailures: 0 }] });
  // @ts-expect-error a check is made by gateCheck
  new AuditGate("g", { checks: [() => true] });
  // @ts-expect-error a judge says yes, no or which records
  gateCheck("some", dumps, ({ summary }) => summary.count);
  // @ts-expect-error dumps have no operator
  gateCheck("some", dumps, ({ records }) => records.filter(({ operator }) => operator));
  // @ts-expect-error outputs are read-only
  gate.passed = passed;
  // @ts-expect-error no gate
  void guardStack(dumps);
}
