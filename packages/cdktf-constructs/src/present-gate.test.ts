import { TerraformCount, TerraformIterator, type TerraformStack, TerraformVariable } from "cdktf";
import { AuditGate, type AuditGateConfig } from "./index.ts";
import { gateIn, policy, resource, synth } from "../test/gate-stack.ts";

/** As a program in plain JavaScript writes it. */
const plain = (config: object) => ({ ...policy(), ...config }) as AuditGateConfig;

const REFUSED =
  /stack\/gate: a gate takes no (count|for_each), for where it makes none, nothing is held back/;

test.each<[string, object, (gate: AuditGate, stack: TerraformStack) => unknown]>([
  ["as an argument", { count: 0 }, () => {}],
  ["as an argument, of one", { count: 1 }, () => {}],
  ["as cdktf's", { count: TerraformCount.of(0) }, () => {}],
  ["set later", {}, ({ dataSource }) => (dataSource.count = 0)],
  ["by an override", {}, ({ dataSource }) => dataSource.addOverride("count", 0)],
  ["by an override of for_each", {}, ({ dataSource }) => dataSource.addOverride("for_each", {})],
  ["by an override of the stack", {}, (_, stack) => stack.addOverride("data.auditgate_gate.gate.count", 0)],
  [
    "by an override of the stack on the ephemeral gate",
    { savedPlans: true },
    (_, stack) => stack.addOverride("ephemeral.auditgate_gate.gate.count", 0),
  ],
])("a count is refused, %s", (_, config, change) => {
  expect(() =>
    synth((stack) => {
      change(gateIn(stack, plain(config)).guardStack(), stack);
      resource(stack, "release");
    }),
  ).toThrow(REFUSED);
});

test("an iterator makes a gate for each, and fails the plan where it makes none", () => {
  const { data, ephemeral } = synth((stack) => {
    const ids = new TerraformVariable(stack, "ids", { type: "list(string)" });
    const forEach = TerraformIterator.fromList(ids.listValue);
    new AuditGate(stack, "gate", {
      ...policy([forEach.value as string]),
      forEach,
      savedPlans: true,
    }).guardStack();
    resource(stack, "release");
  });
  const expected = {
    for_each:
      '${(length(toset(var.ids)) >= 1) ? toset(var.ids) : tobool("stack/gate: forEach is empty, so that the gate would hold nothing back")}',
    dws_audit_dump_records: [{ cluster_ids: ["${each.value}"], max_failures: 0 }],
  };
  expect(data?.["auditgate_gate"]?.["gate"]).toMatchObject(expected);
  expect(ephemeral?.["auditgate_gate"]?.["gate"]).toMatchObject(expected);
});

test("an iterator over a map of literals is written as one", () => {
  const { data } = synth((stack) => {
    const forEach = TerraformIterator.fromMap({ a: "1" });
    new AuditGate(stack, "gate", { ...policy([forEach.value as string]), forEach });
  });
  expect(data?.["auditgate_gate"]?.["gate"]?.["for_each"]).toMatch(
    /^\$\{\(length\(\{"a" = "1"\}\) >= 1\) \? \{"a" = "1"\} : /,
  );
});
