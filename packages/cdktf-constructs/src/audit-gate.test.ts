import {
  type App,
  Aspects,
  DataResource,
  TerraformHclModule,
  TerraformOutput,
  TerraformStack,
  TerraformVariable,
  Testing,
} from "cdktf";
import { Construct } from "constructs";
import {
  AuditGate,
  AuditgateProvider,
  DataAuditgateDwsAuditDumpRecords,
  DataAuditgateGate,
} from "./index.ts";
import { clusterId, dependencies, GATE, gateIn, policy, resource, synth } from "../test/gate-stack.ts";

Testing.setupJest();

describe("a gate", () => {
  test("writes its policy under Terraform's names, nested lists included, and tokens as they are", () => {
    const { data } = synth((stack) => {
      const ids = new TerraformVariable(stack, "ids", { type: "list(string)" });
      const most = new TerraformVariable(stack, "most", { type: "number" });
      gateIn(stack, {
        enforcement: "advisory",
        onError: "warn",
        dwsAuditDumpRecords: [{ clusterIds: ids.listValue, within: "7d", maxFailures: most.numberValue }],
        dwsParameterModificationRecords: [
          {
            clusterIds: [clusterId],
            noPending: true,
            freezeWindows: [
              { start: "2026-12-20T00:00:00", end: "2027-01-02T00:00:00", timeZone: "Europe/Berlin" },
            ],
          },
        ],
        ddsAuditLogs: [{ instanceIds: ["i"], within: "7d", nodeIds: ["n"], maxTotalBytes: 1e9 }],
        region: "eu-nl",
      });
    });
    expect(data?.["auditgate_gate"]).toEqual({
      gate: {
        enforcement: "advisory",
        on_error: "warn",
        dws_audit_dump_records: [{ cluster_ids: "${var.ids}", within: "7d", max_failures: "${var.most}" }],
        dws_parameter_modification_records: [
          {
            cluster_ids: [clusterId],
            no_pending: true,
            freeze_windows: [
              { start: "2026-12-20T00:00:00", end: "2027-01-02T00:00:00", time_zone: "Europe/Berlin" },
            ],
          },
        ],
        dds_audit_logs: [{ instance_ids: ["i"], within: "7d", node_ids: ["n"], max_total_bytes: 1e9 }],
        region: "eu-nl",
      },
    });
  });

  test("can be looked for with cdktf's matchers, by the class of its data source", () => {
    const synthesized = Testing.synthScope((scope) => {
      new AuditGate(scope, "gate", { dwsAuditDumpRecords: [{ clusterIds: [clusterId], maxFailures: 0 }] });
    });
    expect(synthesized).toHaveDataSourceWithProperties(DataAuditgateGate, {
      dws_audit_dump_records: [{ cluster_ids: [clusterId], max_failures: 0 }],
    });
    expect(synthesized).toHaveDataSource(DataAuditgateGate);
    expect(synthesized).not.toHaveDataSourceWithProperties(DataAuditgateGate, {
      dws_audit_dump_records: [{ cluster_ids: [clusterId], max_failures: 1 }],
    });
    expect(synthesized).not.toHaveDataSource(DataAuditgateDwsAuditDumpRecords);
  });

  test("has accessors for what it finds", () => {
    const { output } = synth((stack) => {
      const gate = gateIn(stack);
      const values = {
        passed: gate.passed,
        first: gate.violations.get(0).message,
        digest: gate.evidenceDigest,
        verdict: gate.verdictDigest,
        id: gate.dataSource.id,
      };
      for (const [name, value] of Object.entries(values)) new TerraformOutput(stack, name, { value });
    });
    expect(output).toEqual({
      passed: { value: `\${${GATE}.passed}` },
      first: { value: `\${${GATE}.violations[0].message}` },
      digest: { value: `\${${GATE}.evidence_digest}` },
      verdict: { value: `\${${GATE}.verdict_digest}` },
      id: { value: `\${${GATE}.id}` },
    });
  });

  test("can be named in dependsOn", () => {
    const configuration = synth((stack) => {
      const gate = gateIn(stack);
      gate.guardStack();
      new DataResource(stack, "release", { dependsOn: [gate] });
    });
    expect(new Set(dependencies(configuration)["release"])).toEqual(new Set([GATE]));
  });

  test("with savedPlans is an ephemeral resource too, of the same name, that comes after the data source", () => {
    const configuration = synth((stack) => {
      const nl = new AuditgateProvider(stack, "nl", { alias: "nl" });
      gateIn(stack, { ...policy(), savedPlans: true, provider: nl }).guardStack();
      resource(stack, "release");
    });
    expect(configuration["ephemeral"]).toEqual({
      auditgate_gate: {
        gate: {
          dws_audit_dump_records: [{ cluster_ids: [clusterId], max_failures: 0 }],
          provider: "auditgate.nl",
          depends_on: [GATE],
        },
      },
    });
    expect(dependencies(configuration)).toEqual({ release: ["ephemeral.auditgate_gate.gate"] });
  });

  test("writes evidence where it says; with savedPlans only where the file may be replaced", () => {
    const config = { ...policy(), evidenceFile: "evidence.jsonl" };
    const { data } = synth((stack) => gateIn(stack, config));
    expect(data?.["auditgate_gate"]?.["gate"]).toMatchObject({ evidence_file: "evidence.jsonl" });
    for (const replaceEvidence of [undefined, false])
      expect(() => synth((stack) => gateIn(stack, { ...config, savedPlans: true, replaceEvidence }))).toThrow(
        "stack/gate: savedPlans evaluates the gate in plan and again in apply: set replaceEvidence",
      );
    const { ephemeral } = synth((stack) => {
      const replaced = new TerraformVariable(stack, "replaced", { type: "bool" });
      gateIn(stack, { ...config, savedPlans: true, replaceEvidence: replaced.booleanValue });
    });
    expect(ephemeral?.["auditgate_gate"]?.["gate"]).toMatchObject({ replace_evidence: "${var.replaced}" });
  });

  test("synthesizes to HCL as well", () => {
    const stack = new TerraformStack(Testing.app(), "stack");
    gateIn(stack).guardStack();
    resource(stack, "release");
    const hcl = Testing.synthHcl(stack);
    expect(hcl).toMatch(
      /data "auditgate_gate" "gate" \{\s+dws_audit_dump_records \{\s+cluster_ids = \[[^\]]+\]\s+max_failures = 0\s+\}/,
    );
    expect(hcl).toMatch(
      /resource "terraform_data" "release" \{\s+depends_on = \[\s+"data.auditgate_gate.gate"/,
    );
  });

  test("with savedPlans does not synthesize to HCL, which cdktf cannot write ephemeral resources in", () => {
    const stack = new TerraformStack(Testing.app(), "stack");
    gateIn(stack, { ...policy(), savedPlans: true });
    expect(() => Testing.synthHcl(stack)).toThrow(/stack\/gate: savedPlans/);
  });
});

describe("guard", () => {
  test("holds back every resource and module in a construct, and nothing else", () => {
    const configuration = synth((stack) => {
      const service = new Construct(stack, "service");
      gateIn(stack).guard(service);
      resource(new Construct(service, "inner"), "late");
      new DataAuditgateDwsAuditDumpRecords(service, "dumps", { clusterId });
      new TerraformHclModule(service, "module", { source: "example/module" });
      resource(stack, "other");
    });
    expect(Object.values(dependencies(configuration))).toEqual(expect.arrayContaining([[], [GATE]]));
    expect(dependencies(configuration)["other"]).toEqual([]);
    expect(Object.values(configuration["module"] ?? {})).toEqual([
      expect.objectContaining({ depends_on: [GATE] }),
    ]);
    expect(JSON.stringify(configuration["data"])).not.toContain("depends_on");
  });

  test("takes several constructs, and keeps what they depend on already", () => {
    const configuration = synth((stack) => {
      const first = resource(stack, "first");
      const second = new DataResource(stack, "second", { dependsOn: [first] });
      gateIn(stack).guard(first, second);
      resource(stack, "third");
    });
    expect(dependencies(configuration)).toEqual({
      first: [GATE],
      second: ["terraform_data.first", GATE],
      third: [],
    });
  });

  test("reaches what another aspect adds on its way", () => {
    const configuration = synth((stack) => {
      const first = resource(stack, "first");
      gateIn(stack).guardStack();
      Aspects.of(first).add({
        visit: (node) =>
          void (node === first && !stack.node.tryFindChild("added") && resource(stack, "added")),
      });
    });
    expect(dependencies(configuration)).toEqual({ first: [GATE], added: [GATE] });
  });

  test.each<[string, (stack: TerraformStack) => void, RegExp]>([
    [
      "there is nothing to guard",
      (stack) => void gateIn(stack).guard(new Construct(stack, "empty")),
      /There is nothing to guard in stack\/empty/,
    ],
    [
      "the construct is in another stack",
      (stack) => {
        const other = new TerraformStack(stack.node.scope as App, "other");
        gateIn(stack).guard(resource(other, "release"));
      },
      /There is nothing to guard in other\/release/,
    ],
    [
      "the gate depends on it",
      (stack) => {
        const cluster = resource(stack, "cluster");
        gateIn(stack, policy([cluster.output.toString()])).guard(cluster);
      },
      /stack\/cluster cannot be guarded: the gate depends on it/,
    ],
    [
      "an override throws the dependency away",
      (stack) => {
        const release = resource(stack, "release");
        release.addOverride("depends_on", null);
        gateIn(stack).guardStack();
      },
      /stack\/release is not guarded: its depends_on was overridden/,
    ],
  ])("does not synthesize where %s", (_, build, message) => {
    expect(() => synth(build)).toThrow(message);
  });
});
