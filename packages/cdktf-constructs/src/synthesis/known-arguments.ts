import { type Attributes, camelCase, innerOf, isArgument } from "@auditgate/terraform-provider/schema";
import { Tokenization } from "cdktf";
import { entriesOf, memberOf } from "./stack-blocks.ts";

/** How a group of arguments is written: names in TypeScript, or in the synthesized configuration. */
export type Spelling = (name: string) => string;

/** As the configuration has it. */
export const inTerraform: Spelling = (name) => name;
/** As programs write it. */
export const inTypeScript: Spelling = camelCase;

/**
 * Refuses what the provider does not know: a rule whose name is misspelled would otherwise be none.
 *
 * @param others - Names beside the schema's: meta arguments.
 * @throws {Error} that names the construct, the argument, and what there is.
 */
export function checkNames(
  path: string,
  attributes: Attributes,
  values: unknown,
  spelling: Spelling,
  others: readonly string[] = [],
): void {
  for (const { name, place, known } of unknownIn(attributes, values, spelling, others)) {
    throw new Error(
      `${path}: ${place === "" ? "there" : `in ${place} there`} is no argument ${JSON.stringify(name)}. ` +
        `There are ${known.join(", ")}.`,
    );
  }
}

interface Unknown {
  readonly name: string;
  readonly place: string;
  readonly known: readonly string[];
}

function unknownIn(
  attributes: Attributes,
  values: unknown,
  spelling: Spelling,
  others: readonly string[],
  place = "",
): Unknown[] {
  if (Array.isArray(values)) {
    return values.flatMap((value: unknown) => unknownIn(attributes, value, spelling, others, place));
  }
  if (Tokenization.isResolvable(values)) return [];
  const entries = Object.entries(attributes);
  const known = new Map(
    entries.filter(([, each]) => isArgument(each)).map(([name, each]) => [spelling(name), each]),
  );
  return entriesOf(values).flatMap(([name, value]): Unknown[] => {
    if (value === undefined || others.includes(name)) return [];
    if (name === "dynamic") return dynamicIn(attributes, value, spelling);
    const attribute = known.get(name);
    if (!attribute) return [{ name, place, known: [...known.keys()] }];
    const inner = innerOf(attribute);
    return inner ? unknownIn(inner, value, spelling, [], name) : [];
  });
}

// Blocks that an iterator makes: { dynamic: { rules: { for_each, content } } }.
function dynamicIn(attributes: Attributes, blocks: unknown, spelling: Spelling): Unknown[] {
  return entriesOf(blocks).flatMap(([name, block]) =>
    unknownIn(attributes, { [name]: memberOf(block, "content") ?? {} }, spelling, []),
  );
}
