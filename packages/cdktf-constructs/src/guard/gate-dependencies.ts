import { type Block, entriesOf } from "../synthesis/stack-blocks.ts";
import { codeOf } from "./template-code.ts";

/** Arguments whose texts are addresses, without being templates. */
const ADDRESS_LISTS = new Set(["depends_on", "replace_triggered_by"]);

/**
 * Everything that has to be there before `roots` can be evaluated: what their arguments refer to, what that refers to,
 * and so on, the providers' own configurations included. Read off the synthesized configuration, so that it makes no
 * difference how a reference was written: as a token, in a template, through a local value or by an override.
 */
export function dependenciesOf(roots: readonly Block[], blocks: readonly Block[]): ReadonlySet<Block> {
  const found = new Set(roots);
  // A set is walked in the order in which it grows.
  for (const { body, providers } of found) {
    const code = codeIn(body()).join("\n");
    for (const block of blocks) {
      if (providers.includes(block.address) || refersTo(code, block.address)) found.add(block);
    }
  }
  return found;
}

/** All that may refer to something; any other text only says what it says. */
function codeIn(value: unknown, isAddress = false): readonly string[] {
  if (typeof value === "string") return isAddress ? [value] : /[$%]\{/.test(value) ? [codeOf(value)] : [];
  if (Array.isArray(value)) return value.flatMap((item: unknown) => codeIn(item, isAddress));
  return entriesOf(value).flatMap(([name, item]) =>
    name === "//" ? [] : codeIn(item, ADDRESS_LISTS.has(name)),
  );
}

function refersTo(code: string, address: string): boolean {
  for (let at = code.indexOf(address); at !== -1; at = code.indexOf(address, at + 1)) {
    const before = code.charAt(at - 1);
    const after = code.charAt(at + address.length);
    if (!/[\w.-]/.test(before) && !/[\w-]/.test(after)) return true;
  }
  return false;
}
