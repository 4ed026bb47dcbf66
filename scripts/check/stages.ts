import type { COMMANDS } from "../commands.ts";

export type Stage = keyof typeof COMMANDS.check.parts;

/** The command line of each stage, in the order in which they run: the quickest first. */
export const STAGES: Readonly<Record<Stage, string>> = {
  format: "oxfmt --check .",
  lint: "oxlint",
  types: "tsc -p . && tsc -p tsconfig.cdktn.json",
  generated: "node --conditions=@auditgate/source scripts/generate.ts --check",
  unused: "knip",
  dependencies: "node scripts/check/dependencies.ts",
  secrets: "git ls-files -co --exclude-standard -z | xargs -0 secretlint",
  duplicates: "jscpd",
  regexes: "node scripts/check/regexes.ts",
  api: "node scripts/check/api.ts",
  pages: "node scripts/check/pages.ts",
  packages: "node scripts/check/packages.ts",
};

/**
 * The stages of these names, or all, in their order.
 *
 * @throws {Error} on a name that is none, with those there are.
 */
export function stagesOf(names: readonly string[]): readonly Stage[] {
  const all = Object.keys(STAGES) as Stage[];
  const unknown = names.find((name) => !(name in STAGES));
  if (unknown !== undefined) throw new Error(`there is no stage ${unknown}, only ${all.join(", ")}`);
  return names.length > 0 ? all.filter((stage) => names.includes(stage)) : all;
}
