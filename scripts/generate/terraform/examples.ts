import { globSync, readFileSync } from "node:fs";

/** A whole file of an example. */
export function configuration(file: string): string {
  return readFileSync(file, "utf8").trim();
}

/** Shown whole, as conditions: not as what a type is for. */
const CONDITIONED = "examples/terraform-conditions";

/**
 * The block in which an example of `examples/terraform-*` reads this type, as written there. The tests run all of them.
 *
 * @throws {Error} where no example does.
 */
export function blockOf(block: "data" | "ephemeral", typeName: string): string {
  const start = `${block} "${typeName}" `;
  const files = globSync("examples/terraform-*/**/*.tf").filter((file) => !file.startsWith(CONDITIONED));
  for (const file of files.toSorted()) {
    const text = `\n${readFileSync(file, "utf8")}`;
    const [, found] = text.split(`\n${start}`);
    if (found !== undefined) return `${start}${found.split("\n}\n")[0]}\n}`;
  }
  throw new Error(`no example in examples/terraform-* has a block ${start.trim()}`);
}

/** What a condition on audit data does, by the folder that shows it. */
const CONDITIONS = {
  check: "A check, which only warns",
  precondition: "A precondition of what is deployed",
  postcondition: "A postcondition of what is read",
} as const;

/** Conditions on a data source, each with its title: whole configurations, which the tests run. */
export function conditionsOf(typeName: string): readonly (readonly [title: string, text: string])[] {
  const folder = `${CONDITIONED}/${typeName.replace(/^auditgate_/, "")}`;
  return Object.entries(CONDITIONS).map(([condition, title]) => [
    title,
    configuration(`${folder}/${condition}/main.tf`),
  ]);
}
