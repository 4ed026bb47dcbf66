import { catalogues } from "./catalogues.ts";
import type { Rule } from "./rule.ts";

const rules = Object.values(catalogues).flatMap(
  (catalogue) => catalogue.rules as readonly Rule<unknown, never>[],
);

/** As docs/gates.md has it: what identifies what each rule sees, and whether it needs the time. */
const DECLARED: Readonly<Record<string, readonly [timed: boolean, acknowledgedBy: string]>> = {
  "dds.log.max-age": [true, "endTime"],
  "dds.log.max-gap": [true, "nodeId gapStart"],
  "dds.log.max-total-bytes": [true, "id"],
  "dds.log.min-logs": [true, ""],
  "dds.log.node-ids": [true, ""],
  "dws.dump.bucket-name": [false, "executorTime"],
  "dws.dump.location-prefix": [false, "executorTime"],
  "dws.dump.max-age": [true, "executorTime"],
  "dws.dump.max-failures": [false, "executorTime"],
  "dws.dump.max-gap": [true, "gapStart"],
  "dws.dump.max-running": [true, "executorTime"],
  "dws.modification.allowed-operators": [false, "id"],
  "dws.modification.freeze-windows": [true, "id"],
  "dws.modification.max-changes": [false, "id"],
  "dws.modification.max-failed": [false, "id"],
  "dws.modification.no-pending": [false, "id"],
};

test("rules are those that are documented, each with what it needs and is acknowledged by", () => {
  const found = rules.map(({ id, timed, acknowledgedBy }) => [id, [timed, acknowledgedBy.join(" ")]]);
  expect(Object.fromEntries(found)).toEqual(DECLARED);
});

test.each(rules.map((rule) => [rule.id, rule] as const))(
  "%s says what it demands, what comes next, and which controls it serves",
  (_, { demands, next, controls, field }) => {
    expect(demands).toMatch(/^\S.*[^.]$/s);
    expect(next).toMatch(/^[A-Z].*\.$/s);
    expect(field.description).toMatch(/^[A-Z].*\.$/s);
    expect(controls.length).toBeGreaterThan(0);
    for (const { id, why } of controls) {
      expect(id).toMatch(/^(?:NIST SP 800-53 [A-Z]{2}-\d+(?:\(\d+\))?|ISO\/IEC 27001:2022 A\.\d+\.\d+)$/);
      expect(why).toMatch(/^[a-z].*[^.]$/);
    }
  },
);
