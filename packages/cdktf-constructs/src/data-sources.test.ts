import "cdktf/lib/testing/adapters/jest.js";
import {
  App,
  Fn,
  Op,
  TerraformIterator,
  TerraformOutput,
  TerraformStack,
  TerraformVariable,
  Testing,
} from "cdktf";
import type { Construct } from "constructs";
import {
  AuditgateProvider,
  DataAuditgateDdsAuditLogs,
  DataAuditgateDwsAuditDumpRecords,
  DataAuditgateDwsParameterModificationRecords,
} from "./index.ts";

Testing.setupJest();

const clusterId = "a0d17a7e-c001-4000-8000-000000000001";

/** The synthesized configuration of a stack that `build` fills. */
function synth(build: (scope: Construct) => void) {
  return JSON.parse(Testing.synthScope(build)) as Configuration;
}

interface Configuration {
  readonly data: { readonly [type: string]: { readonly [name: string]: DataSource } };
  readonly output: { readonly [name: string]: { readonly value: unknown } };
}

interface DataSource {
  readonly [argument: string]: unknown;
  readonly lifecycle?: { readonly postcondition: readonly { condition: string; error_message: string }[] };
}

describe("data sources", () => {
  test("write their arguments under Terraform's names and leave out what is not set", () => {
    const { data } = synth((scope) => {
      new DataAuditgateDwsAuditDumpRecords(scope, "dumps", { clusterId });
      new DataAuditgateDwsParameterModificationRecords(scope, "changes", {
        clusterId,
        actionTime: 1700000000000,
        filterBy: "operator",
        filter: "anna",
        region: "eu-nl",
        projectId: "p",
        maxRecords: 10,
      });
      new DataAuditgateDdsAuditLogs(scope, "logs", { instanceId: "i", nodeId: "n", last: "7d" });
    });
    expect(data).toEqual({
      auditgate_dws_audit_dump_records: { dumps: { cluster_id: clusterId } },
      auditgate_dws_parameter_modification_records: {
        changes: {
          cluster_id: clusterId,
          action_time: 1700000000000,
          filter_by: "operator",
          filter: "anna",
          region: "eu-nl",
          project_id: "p",
          max_records: 10,
        },
      },
      auditgate_dds_audit_logs: { logs: { instance_id: "i", node_id: "n", last: "7d" } },
    });
  });

  test("pass tokens through, whatever they stand for", () => {
    const { data } = synth((scope) => {
      const id = new TerraformVariable(scope, "id", { type: "string" });
      const most = new TerraformVariable(scope, "most", { type: "number" });
      new DataAuditgateDwsAuditDumpRecords(scope, "dumps", {
        clusterId: id.stringValue,
        maxRecords: most.numberValue,
        region: Fn.conditional(Op.eq(id.value, "a"), "eu-de", "eu-nl"),
      });
    });
    expect(data["auditgate_dws_audit_dump_records"]?.["dumps"]).toEqual({
      cluster_id: "${var.id}",
      max_records: "${var.most}",
      region: '${(var.id == "a") ? "eu-de" : "eu-nl"}',
    });
  });

  test("have accessors for everything that was read", () => {
    const { output } = synth((scope) => {
      const dumps = new DataAuditgateDwsAuditDumpRecords(scope, "dumps", { clusterId });
      const logs = new DataAuditgateDdsAuditLogs(scope, "logs", { instanceId: "i", last: "1d" });
      const values = {
        result: dumps.records.get(0).result,
        failed: dumps.summary.failed,
        text: `${dumps.summary.failed} of ${dumps.summary.byResult.get(1).count}`,
        complete: dumps.complete,
        node: logs.summary.byNode.get(2).nodeId,
        window: logs.window,
        start: logs.window.startTime,
        records: logs.records,
        record: logs.records.get(3),
        region: logs.region,
      };
      for (const [name, value] of Object.entries(values)) new TerraformOutput(scope, name, { value });
    });
    const dumps = "data.auditgate_dws_audit_dump_records.dumps";
    const logs = "data.auditgate_dds_audit_logs.logs";
    expect(Object.fromEntries(Object.entries(output).map(([name, { value }]) => [name, value]))).toEqual({
      result: `\${${dumps}.records[0].result}`,
      failed: `\${${dumps}.summary.failed}`,
      text: `\${${dumps}.summary.failed} of \${${dumps}.summary.by_result[1].count}`,
      complete: `\${${dumps}.complete}`,
      node: `\${${logs}.summary.by_node[2].node_id}`,
      window: `\${${logs}.window}`,
      start: `\${${logs}.window.start_time}`,
      records: `\${${logs}.records}`,
      record: `\${${logs}.records[3]}`,
      region: `\${${logs}.region}`,
    });
  });

  test("take arguments back, and other ones", () => {
    const { data } = synth((scope) => {
      const logs = new DataAuditgateDdsAuditLogs(scope, "logs", { instanceId: "i", nodeId: "n", last: "1d" });
      expect(logs.nodeIdInput).toBe("n");
      logs.resetNodeId();
      logs.instanceId = "j";
      expect([logs.nodeIdInput, logs.instanceIdInput]).toEqual([undefined, "j"]);
    });
    expect(data["auditgate_dds_audit_logs"]?.["logs"]).toEqual({ instance_id: "j", last: "1d" });
  });

  test("take Terraform's meta arguments", () => {
    const { data } = synth((scope) => {
      const provider = new AuditgateProvider(scope, "other", { alias: "other" });
      const ids = TerraformIterator.fromList(["a", "b"]);
      const dumps = new DataAuditgateDwsAuditDumpRecords(scope, "dumps", {
        clusterId: ids.value,
        forEach: ids,
        provider,
      });
      new DataAuditgateDdsAuditLogs(scope, "logs", {
        instanceId: "i",
        last: "1d",
        dependsOn: [dumps],
        count: 2,
      });
    });
    expect(data["auditgate_dws_audit_dump_records"]?.["dumps"]).toEqual({
      cluster_id: "${each.value}",
      for_each: '${toset(["a", "b"])}',
      provider: "auditgate.other",
    });
    expect(data["auditgate_dds_audit_logs"]?.["logs"]).toMatchObject({
      count: 2,
      depends_on: ["data.auditgate_dws_audit_dump_records.dumps"],
    });
  });

  test("can be looked for with cdktf's matchers", () => {
    const synthesized = Testing.synthScope((scope) => {
      new DataAuditgateDdsAuditLogs(scope, "logs", { instanceId: "i", last: "1d" });
    });
    expect(synthesized).toHaveDataSourceWithProperties(DataAuditgateDdsAuditLogs, { instance_id: "i" });
    expect(synthesized).not.toHaveDataSource(DataAuditgateDwsAuditDumpRecords);
  });

  test("do not synthesize without the provider", () => {
    const stack = new TerraformStack(new App(), "stack");
    new DataAuditgateDwsAuditDumpRecords(stack, "dumps", { clusterId });
    expect(() => Testing.synth(stack, true)).toThrow(/auditgate/);
  });

  test("synthesize to HCL as well", () => {
    const stack = new TerraformStack(Testing.app(), "stack");
    new DataAuditgateDwsParameterModificationRecords(stack, "changes", {
      clusterId,
      filter: '{"a"',
      maxRecords: 3,
    });
    expect(Testing.synthHcl(stack)).toContain(
      `data "auditgate_dws_parameter_modification_records" "changes" {\ncluster_id = "${clusterId}"\nfilter = "{\\"a\\""\nmax_records = 3\n}`,
    );
  });
});

describe("expectations", () => {
  const only = ({ data }: Configuration) =>
    Object.values(Object.values(data)[0] ?? {})[0]?.lifecycle?.postcondition;

  test("become postconditions in terms of self, after those of the configuration", () => {
    const configuration = synth((scope) => {
      const dumps = new DataAuditgateDwsAuditDumpRecords(scope, "dumps", {
        clusterId,
        lifecycle: { postcondition: [{ condition: "${self.complete}", errorMessage: "first" }] },
      });
      dumps.expect(Op.lte(dumps.summary.failed, 2), `${dumps.summary.failed} dumps failed.`);
    });
    expect(only(configuration)).toEqual([
      { condition: "${self.complete}", error_message: "first" },
      { condition: "${(self.summary.failed <= 2)}", error_message: "${self.summary.failed} dumps failed." },
    ]);
  });

  test("may compare with other data sources, of the same type and a similar name too", () => {
    const configuration = synth((scope) => {
      const dumps = new DataAuditgateDwsAuditDumpRecords(scope, "dumps", { clusterId });
      const others = new DataAuditgateDwsAuditDumpRecords(scope, "dumps-2", { clusterId });
      dumps.expect(Op.eq(dumps.digest, others.digest), "They differ.");
    });
    expect(only(configuration)?.[0]?.condition).toBe(
      "${(self.digest == data.auditgate_dws_audit_dump_records.dumps-2.digest)}",
    );
  });

  test("are about each instance where there are several", () => {
    const configuration = synth((scope) => {
      const ids = TerraformIterator.fromList(["a", "b"]);
      const dumps = new DataAuditgateDwsAuditDumpRecords(scope, "dumps", {
        clusterId: ids.value,
        forEach: ids,
      });
      dumps.expectNoRunningDumps();
    });
    expect(only(configuration)).toEqual([
      expect.objectContaining({ condition: "${self.complete}" }),
      {
        condition: "${(self.summary.running == 0)}",
        error_message:
          "${self.summary.running} of ${self.summary.count} audit dumps of cluster ${self.cluster_id} are still running.",
      },
    ]);
  });

  test("of nodes need at least one", () => {
    synth((scope) => {
      const logs = new DataAuditgateDdsAuditLogs(scope, "logs", { instanceId: "i", last: "1d" });
      expect(() => logs.expectLogsFromNodes([])).toThrow(RangeError);
    });
  });
});
