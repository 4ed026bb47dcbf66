import type { GateViolation } from "@auditgate/core";
import { type Attributes, innerOf, snakeCase } from "../schema/attribute.ts";
import { providerSchema } from "../schema/gen/schema.ts";

/**
 * A text of core's, which speaks of arguments, rules and fields by their names in TypeScript, with their names here. What
 * is quoted is somebody else's, and stays.
 */
export function inSnakeCase(text: string): string {
  return text.replaceAll(/"(?:[^"\\]|\\.)*"?|\b[a-z]+(?:[A-Z][a-z]+)+\b/g, (part) =>
    NAMES.has(snakeCase(part)) ? snakeCase(part) : part,
  );
}

/** A violation in the same words: its rule, its texts, and the fields of the records that it shows. */
export function violationInSnakeCase(violation: GateViolation): GateViolation {
  const { rule, message, expected, found, next, records } = violation;
  return {
    ...violation,
    rule: snakeCase(rule),
    message: inSnakeCase(message),
    expected: inSnakeCase(expected),
    found: inSnakeCase(found),
    next: inSnakeCase(next),
    records: records.map(inSnakeCase),
  };
}

function namesIn(attributes: Attributes): readonly string[] {
  return Object.entries(attributes).flatMap(([name, attribute]) => [
    name,
    ...namesIn(innerOf(attribute) ?? {}),
  ]);
}

const NAMES = new Set(
  [providerSchema.provider, ...Object.values(providerSchema.dataSources)].flatMap(({ attributes }) =>
    namesIn(attributes),
  ),
);
