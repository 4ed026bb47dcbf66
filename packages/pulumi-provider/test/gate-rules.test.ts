import {
  createClient,
  evaluateGate,
  fieldsOf,
  formatViolations,
  gatePolicy,
  type GateViolation,
  queries,
} from "@auditgate/core";
import { type Emulator, startEmulator } from "@auditgate/emulator";
import { broken, kept } from "../../../test/every-rule.ts";
import { type GateStack, gateStack, runOf } from "./gate-stack.ts";
import { type Scratch, scratch } from "./stack.ts";

jest.setTimeout(180_000);

/** `query.rule` of every rule that the declaration has. */
const rules = fieldsOf(gatePolicy).flatMap(({ name, wireName, kind }) => {
  if (!(name in queries) || kind.type !== "list" || kind.of.type !== "object") return [];
  const names = kind.of.fields.map((field) => field.name);
  const others = /^(clusterIds|instanceIds|except|within|timeZone|.+(Results|Statuses))$/;
  return names.filter((rule) => !others.test(rule)).map((rule) => ({ query: wireName, rule }));
});

let emulator: Emulator;
let at: Scratch;
let gated: GateStack;

beforeAll(async () => {
  emulator = await startEmulator();
  at = scratch();
  gated = await gateStack(at, emulator, {
    program: `
      const gate = new auditgate.AuditGate("gate", policy);
      new Deployment("guarded", { dependsOn: gate });
      export const { passed, violations, evidenceDigest } = gate;`,
  });
});

afterAll(async () => {
  await emulator.close();
  at.remove();
});

test("every rule can be broken: one error says of all of them what was expected and found", async () => {
  await gated.configure({ policy: broken });
  const { code, diagnostics } = await runOf((on) => gated.stack.up(on));
  expect(code).toBe(1);
  expect(diagnostics.match(/The gate is closed: \d+ violations/g)).toHaveLength(1);
  for (const { rule } of rules) expect(diagnostics).toMatch(new RegExp(`^ +${rule}: .*\n +expected `, "m"));
  expect(gated.traces()).toEqual([]);
});

/** Without indentation, and without how long ago something was or that a gap lasts until now. */
function wordsOf(text: string): string {
  return text
    .replace(/ to \d{4}-\d\d-\d\dT[\d:]+Z/g, " to …")
    .replace(/\d+[dhms]( \d+[dhms])*/g, "…")
    .replace(/\s+/g, " ");
}

test("the violations read as core writes them, word by word", async () => {
  await gated.configure({ policy: broken });
  const { diagnostics } = await runOf((on) => gated.stack.preview(on));
  const client = createClient({ env: emulator.env });
  const verdict = await evaluateGate(client, broken);
  await client.close();
  expect(verdict.violations.length).toBeGreaterThan(rules.length - 1);
  expect(wordsOf(diagnostics)).toContain(wordsOf(formatViolations(verdict)));
});

test("every rule can be kept, over all three queries at once", async () => {
  await gated.configure({ policy: kept });
  const { outputs } = await gated.stack.up();
  expect(outputs).toMatchObject({ passed: { value: true }, violations: { value: [] } });
  expect(gated.traces()).toEqual(["create guarded 1"]);
  await gated.stack.up({ expectNoChanges: true });
});

test("advisory, a gate with every rule broken gives out each violation", async () => {
  await gated.configure({ policy: { ...broken, enforcement: "advisory" } });
  const { outputs } = await gated.stack.up();
  const found = outputs["violations"]?.value as readonly GateViolation[];
  expect(new Set(found.map(({ query, rule }) => `${query}.${rule}`))).toEqual(
    new Set(rules.map(({ query, rule }) => `${query}.${rule}`)),
  );
  expect(found.every(({ blocking }) => !blocking)).toBe(true);
});
