import { TerraformIterator, TerraformStack, TerraformVariable, Testing, Token } from "cdktf";
import { AuditGate, DataAuditgateGate, type DataAuditgateGateAcknowledged } from "../index.ts";
import { clusterId, policy, synth } from "../../test/gate-stack.ts";

const known = {
  rule: "dws.dump.max-failures",
  subject: clusterId,
  record: { executorTime: "2026-11-27T04:01:35" },
  reason: "The bucket was renamed during the move.",
  since: "2026-11-27",
  until: "2026-12-15",
};
const text = (stack: TerraformStack) => new TerraformVariable(stack, "text", { type: "string" }).stringValue;
const gate = (stack: TerraformStack, change: Partial<DataAuditgateGateAcknowledged> = {}) =>
  new AuditGate(stack, "gate", {
    ...policy(),
    savedPlans: true,
    acknowledged: [known, { ...known, ...change }],
  });

test.each<[string, (stack: TerraformStack) => unknown, string]>([
  ["a date", (stack) => gate(stack, { until: text(stack) }), "acknowledged[1].until"],
  ["a part of a reason", (stack) => gate(stack, { reason: `For ${text(stack)}.` }), "acknowledged[1].reason"],
  ["a template", (stack) => gate(stack, { since: "${plantimestamp()}" }), "acknowledged[1].since"],
  ["a directive", (stack) => gate(stack, { rule: "%{ if true }x%{ endif }" }), "acknowledged[1].rule"],
  [
    "a member of a record",
    (stack) => gate(stack, { record: { executorTime: text(stack) } }),
    "acknowledged[1].record.executorTime",
  ],
  [
    "a whole record",
    (stack) => gate(stack, { record: Token.asAny(text(stack)) as DataAuditgateGateAcknowledged["record"] }),
    "acknowledged[1].record",
  ],
  [
    "blocks of an iterator",
    (stack) => {
      const each = TerraformIterator.fromList(Token.asList(text(stack)));
      new AuditGate(stack, "gate", {
        ...policy(),
        acknowledged: each.dynamic({ ...known, until: each.value }),
      });
    },
    "acknowledged",
  ],
  [
    "what is set later",
    (stack) => gate(stack).dataSource.putAcknowledged([{ ...known, subject: text(stack) }]),
    "acknowledged[0].subject",
  ],
  [
    "an override",
    (stack) => gate(stack).dataSource.addOverride("acknowledged", [{ until: "${var.text}" }]),
    "acknowledged[0].until",
  ],
  [
    "an override of the stack, of the ephemeral gate alone",
    (stack) => {
      gate(stack);
      stack.addOverride("ephemeral.auditgate_gate.gate.acknowledged", "${var.text}");
    },
    "acknowledged",
  ],
  [
    "blocks of an override",
    (stack) =>
      gate(stack).dataSource.addOverride("dynamic.acknowledged", { for_each: "${var.text}", content: {} }),
    "acknowledged.for_each",
  ],
  [
    "a date of the data source alone",
    (stack) =>
      new DataAuditgateGate(stack, "gate", { ...policy(), acknowledged: [{ ...known, until: text(stack) }] }),
    "acknowledged[0].until",
  ],
])("an acknowledgement that is evaluated later is refused: %s", (_, build, place) => {
  const message = `stack/gate: ${place} must be a literal, not a token or a template`;
  expect(() => synth((stack) => void build(stack))).toThrow(message);
  const stack = new TerraformStack(Testing.app(), "stack");
  build(stack);
  expect(() => Testing.synthHcl(stack)).toThrow(message);
});

test("literals are written as they are, also such that look like a template and are none", () => {
  const { data } = synth((stack) => void gate(stack, { reason: "Costs $5, or $${x} and 10%." }));
  expect(data?.["auditgate_gate"]?.["gate"]?.["acknowledged"]).toEqual([
    expect.objectContaining({ until: "2026-12-15", record: { executor_time: "2026-11-27T04:01:35" } }),
    expect.objectContaining({ reason: "Costs $5, or $${x} and 10%." }),
  ]);
});
