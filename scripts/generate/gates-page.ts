import { catalogues } from "../../packages/core/src/gate/rules/catalogues.ts";
import type { Rule } from "../../packages/core/src/gate/rules/rule.ts";
import type { GeneratedFile } from "./generated-file.ts";
import { table, withParts } from "./parts.ts";

const CATALOGUES = Object.values(catalogues);

/** The page about gates, with every rule as its file declares it. */
export function gatesPage(): readonly GeneratedFile[] {
  const parts = CATALOGUES.map(({ query, rules }) => [`rules of ${query}`, rulesTable(rules)] as const);
  const controls = table(
    ["rule", "control", "because"],
    CATALOGUES.flatMap(({ rules }) => rules.flatMap(controlRows)),
  );
  const acknowledged = table(
    ["rule", "is acknowledged by"],
    CATALOGUES.flatMap(({ rules }) => rules.flatMap(acknowledgedRow)),
  );
  return [
    withParts("docs/gates.md", { ...Object.fromEntries(parts), "acknowledged by": acknowledged, controls }),
  ];
}

type Described = Pick<Rule<never, never>, "id" | "name" | "demands" | "controls" | "acknowledgedBy">;

function rulesTable(rules: readonly Described[]): string {
  return table(
    ["rule", "id", "demands"],
    rules.map(({ name, id, demands }) => [`\`${name}\``, `\`${id}\``, demands]),
  );
}

function acknowledgedRow({ id, acknowledgedBy }: Described): readonly (readonly string[])[] {
  if (acknowledgedBy.length === 0) return [];
  return [[`\`${id}\``, acknowledgedBy.map((field) => `\`${field}\``).join(" and ")]];
}

function controlRows({ id, controls }: Described): readonly (readonly string[])[] {
  return controls.map((control) => [`\`${id}\``, control.id, control.why]);
}
