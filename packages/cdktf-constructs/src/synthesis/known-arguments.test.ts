import { TerraformIterator, TerraformStack, TerraformVariable, Testing } from "cdktf";
import {
  AuditGate,
  AuditgateProvider,
  DataAuditgateDdsAuditLogs,
  DataAuditgateDwsAuditDumpRecords,
} from "../index.ts";
import { clusterId, synth } from "../../test/gate-stack.ts";

/** As a program in plain JavaScript, or a file of JSON, has it. */
// oxlint-disable-next-line typescript/no-explicit-any -- That is what is tested.
const plain = (config: object) => JSON.parse(JSON.stringify(config)) as any;
const rule = { clusterIds: [clusterId], maxAge: "24h" };

test.each<[string, (stack: TerraformStack) => unknown, RegExp]>([
  [
    "a misspelled rule",
    (stack) => new AuditGate(stack, "gate", plain({ dwsAuditDumpRecords: [{ ...rule, maxFailure: 0 }] })),
    /stack\/gate: in dwsAuditDumpRecords there is no argument "maxFailure"\. There are clusterIds, .*maxFailures/,
  ],
  [
    "a rule under Terraform's name",
    (stack) => new AuditGate(stack, "gate", plain({ dwsAuditDumpRecords: [{ ...rule, max_failures: 0 }] })),
    /there is no argument "max_failures"/,
  ],
  [
    "a rule set that there is not",
    (stack) => new AuditGate(stack, "gate", plain({ dwsAuditDumpRecord: [rule] })),
    /stack\/gate: there is no argument "dwsAuditDumpRecord"/,
  ],
  [
    "an option of the construct, misspelled",
    (stack) => new AuditGate(stack, "gate", plain({ dwsAuditDumpRecords: [rule], savedPlan: true })),
    /there is no argument "savedPlan"/,
  ],
  [
    "a member of a freeze window",
    (stack) =>
      new AuditGate(
        stack,
        "gate",
        plain({
          dwsParameterModificationRecords: [
            { clusterIds: [clusterId], freezeWindows: [{ start: "2026-12-20T00:00:00", until: "x" }] },
          ],
        }),
      ),
    /in freezeWindows there is no argument "until"/,
  ],
  [
    "what is set later",
    (stack) =>
      new AuditGate(stack, "gate", { dwsAuditDumpRecords: [rule] }).dataSource.putDwsAuditDumpRecords(
        plain([{ ...rule, maxFailure: 0 }]),
      ),
    /there is no argument "maxFailure"/,
  ],
  [
    "an override",
    (stack) =>
      new AuditGate(stack, "gate", { dwsAuditDumpRecords: [rule] }).dataSource.addOverride(
        "dws_audit_dump_records",
        [{ cluster_ids: [clusterId], max_failure: 0 }],
      ),
    /in dws_audit_dump_records there is no argument "max_failure"/,
  ],
  [
    "an override of the stack",
    (stack) => {
      new AuditGate(stack, "gate", { dwsAuditDumpRecords: [rule] });
      stack.addOverride("data.auditgate_gate.gate.on_eror", "warn");
    },
    /stack\/gate: there is no argument "on_eror"/,
  ],
  [
    "an argument of a data source",
    (stack) => new DataAuditgateDdsAuditLogs(stack, "logs", plain({ instanceId: "i", lasts: "7d" })),
    /stack\/logs: there is no argument "lasts"\. There are instanceId, .*last/,
  ],
  [
    "what data sources do not have",
    (stack) => new DataAuditgateDwsAuditDumpRecords(stack, "dumps", plain({ clusterId, provisioners: [] })),
    /stack\/dumps: there is no argument "provisioners"/,
  ],
  [
    "an attribute that cannot be set",
    (stack) =>
      new DataAuditgateDwsAuditDumpRecords(stack, "dumps", { clusterId }).addOverride("complete", true),
    /stack\/dumps: there is no argument "complete"/,
  ],
  [
    "an argument of the provider",
    (stack) => new AuditgateProvider(stack, "other", plain({ alias: "other", regoin: "eu-de" })),
    /stack\/other: there is no argument "regoin"/,
  ],
  [
    "a member of an argument of the provider",
    (stack) =>
      new AuditgateProvider(stack, "other", plain({ alias: "o", assumeRole: { agency: "readers" } })),
    /in assumeRole there is no argument "agency"/,
  ],
  [
    "an endpoint of the provider",
    (stack) => new AuditgateProvider(stack, "other", plain({ alias: "o", endpoints: { dsw: "https://d" } })),
    /in endpoints there is no argument "dsw"/,
  ],
  [
    "an override of the provider",
    (stack) => new AuditgateProvider(stack, "other", { alias: "o" }).addOverride("insecur", true),
    /stack\/other: there is no argument "insecur"/,
  ],
])("%s is refused by name", (_, build, message) => {
  expect(() => synth((stack) => void build(stack))).toThrow(message);
  const stack = new TerraformStack(Testing.app(), "stack");
  build(stack);
  expect(() => Testing.synth(stack)).toThrow(message);
  expect(() => Testing.synthHcl(stack)).toThrow(message);
});

test("what there is may be overridden, and given by an object of a class", () => {
  class Rule {
    readonly clusterIds = [clusterId];
    get maxFailures() {
      return 0;
    }
  }
  const { data } = synth((stack) => {
    const gate = new AuditGate(stack, "gate", { dwsAuditDumpRecords: [new Rule()] });
    gate.dataSource.addOverride("enforcement", "advisory");
    stack.addOverride("data.auditgate_gate.gate.on_error", "warn");
  });
  expect(data?.["auditgate_gate"]?.["gate"]).toEqual({
    dws_audit_dump_records: [{ cluster_ids: [clusterId], max_failures: 0 }],
    enforcement: "advisory",
    on_error: "warn",
  });
});

test("rule sets that an iterator makes are blocks", () => {
  const { data } = synth((stack) => {
    const ids = new TerraformVariable(stack, "ids", { type: "list(string)" });
    const each = TerraformIterator.fromList(ids.listValue);
    const content = { cluster_ids: [each.value], max_failures: 0 };
    new AuditGate(stack, "gate", { dwsAuditDumpRecords: each.dynamic(content) });
  });
  expect(data?.["auditgate_gate"]?.["gate"]).toEqual({
    dynamic: {
      dws_audit_dump_records: {
        for_each: "${toset(var.ids)}",
        iterator: "each",
        content: { cluster_ids: ["${each.value}"], max_failures: 0 },
      },
    },
  });
});

describe("ids", () => {
  const withId = (id: string) =>
    synth((stack) => new DataAuditgateDwsAuditDumpRecords(stack, "dumps", { clusterId: id }));

  test.each([
    '${file("/etc/hostname")}',
    "a-${var.secret}",
    "%{ if true }x%{ endif }",
    "${upper(var.x)}",
    "${var.a}${var.b}",
  ])("that would be evaluated as the template %s are refused", (id) => {
    expect(() => withId(id)).toThrow(/stack\/dumps: cluster_id is neither an id nor a reference to one/);
    expect(() =>
      synth(
        (stack) =>
          new AuditGate(stack, "gate", {
            ddsAuditLogs: [{ instanceIds: ["i", id], within: "1d", minLogs: 1 }],
          }),
      ),
    ).toThrow(/stack\/gate: instance_ids is neither/);
  });

  test.each([clusterId, "${var.id}", "${each.value}", '${data.x_y.z["a"].ids[0]}', "$${x}"])(
    "such as %s are written as they are",
    (id) => {
      expect(withId(id)["data"]?.["auditgate_dws_audit_dump_records"]?.["dumps"]).toEqual({ cluster_id: id });
    },
  );
});
