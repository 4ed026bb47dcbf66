import { AuditError } from "../../errors.ts";

/** What a file of YAML or JSON says: texts, nothing, switches, lists and mappings. */
export type Tree = string | boolean | null | undefined | readonly Tree[] | Mapping;

/** A mapping of such a file. */
export interface Mapping {
  readonly [key: string]: Tree;
}

/** The mapping that a value is, an empty one for anything else. */
export function mappingOf(value: Tree): Mapping {
  return isMapping(value) ? value : {};
}

/** Whether a value is a mapping. */
export function isMapping(value: Tree): value is Mapping {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A member of a mapping's own. */
export function memberOf(value: Tree, key: string): Tree {
  return isMapping(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

/** One error for a file: which, what is wrong with it, and in which line; never a line's content. */
export function fileError(path: string, problem: string, line?: number): AuditError {
  const where = line === undefined ? path : `${path}, line ${line},`;
  return new AuditError("ERR_CONFIG", `${where} ${problem}.`);
}
