import { type TerraformElement, Token } from "cdktf";
import { entriesOf, memberOf, overridesOfBlock } from "./stack-blocks.ts";

/**
 * Refuses acknowledgements that are not literals: what is excepted is decided where the program is reviewed, not by
 * whatever a variable, a resource or a file says when the engine runs.
 *
 * @param acknowledged - As the program has it.
 * @throws {Error} that names the construct and the argument.
 */
export function checkExceptions(element: TerraformElement, type: string, acknowledged: unknown): void {
  const name = element.friendlyUniqueId;
  const overrides = ["data", "ephemeral"].flatMap((kind) => overridesOfBlock(element, kind, type, name));
  for (const given of [
    acknowledged,
    ...overrides.map((override) => memberOf(override, "acknowledged")),
    ...overrides.map((override) => memberOf(memberOf(override, "dynamic"), "acknowledged")),
  ]) {
    const place = evaluatedIn(given, "acknowledged");
    if (place === undefined) continue;
    throw new Error(
      `${element.node.path.replace(/\/Default$/, "")}: ${place} must be a literal, not a token or a template: ` +
        "what is acknowledged can be decided nowhere but in the program.",
    );
  }
}

/** Where there is something that is known only after synthesis. */
function evaluatedIn(value: unknown, place: string): string | undefined {
  if (Token.isUnresolved(value)) return place;
  if (typeof value === "string") {
    return /[$%]\{/.test(value.replaceAll(/\$\$\{|%%\{/g, "")) ? place : undefined;
  }
  const members: readonly (readonly [string, unknown])[] = Array.isArray(value)
    ? value.map((each: unknown, index) => [`${place}[${index}]`, each])
    : entriesOf(value).map(([name, each]) => [`${place}.${name}`, each]);
  for (const [at, each] of members) {
    const found = evaluatedIn(each, at);
    if (found !== undefined) return found;
  }
  return undefined;
}
