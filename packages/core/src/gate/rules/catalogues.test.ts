import { fieldsOf } from "../../field.ts";
import { queries } from "../../queries/index.ts";
import {
  ddsAuditLogsRules,
  dwsAuditDumpRecordsRules,
  dwsParameterModificationRecordsRules,
} from "../policy/policy.ts";
import { catalogues } from "./catalogues.ts";

const all = Object.values(catalogues).flatMap(({ query, family, rules }) =>
  rules.map((rule) => ({ ...rule, query, family })),
);

test("no two rules have the same id, and an id says the query and the field", () => {
  expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
  for (const { id, family, name } of all) {
    expect(id).toBe(`${family}.${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`);
  }
  expect(all.map(({ id }) => id)).toContain("dws.dump.max-failures");
});

test("every rule is a field of its query's rules, optional, with its own description", () => {
  const schemas = {
    dwsAuditDumpRecords: dwsAuditDumpRecordsRules,
    dwsParameterModificationRecords: dwsParameterModificationRecordsRules,
    ddsAuditLogs: ddsAuditLogsRules,
  };
  for (const [set, { query, rules }] of Object.entries(catalogues)) {
    const fields = fieldsOf(schemas[set as keyof typeof schemas]);
    expect(queries[set as keyof typeof schemas].name).toBe(query);
    for (const rule of rules) {
      expect(fields.find(({ name }) => name === rule.name)).toMatchObject({
        required: false,
        description: rule.field.description,
      });
    }
  }
});

test("the next step is a sentence, what a rule demands and why it serves a control are none", () => {
  for (const { next, demands, controls } of all) {
    expect(next).toMatch(/^[A-Z].*\.$/);
    for (const phrase of [demands, ...controls.map(({ why }) => why)])
      expect(phrase).toMatch(/^[a-z].*[^.]$/);
  }
});
