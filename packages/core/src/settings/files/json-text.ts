import { fileError, type Tree } from "./tree.ts";

/**
 * What a JSON file says, its numbers as they are written.
 *
 * @throws {AuditError} `ERR_CONFIG` naming the file and, where it is known, the line. The parser's own message quotes
 *   what stands there.
 */
export function parseJson(path: string, text: string): Tree {
  try {
    return JSON.parse(text, asWritten) as Tree;
  } catch (error) {
    throw fileError(path, "is no valid JSON", lineOf(String(error), text));
  }
}

function asWritten(_: string, value: unknown, context?: { readonly source?: string }): unknown {
  return typeof value === "number" ? (context?.source ?? String(value)) : value;
}

function lineOf(message: string, text: string): number | undefined {
  const position = /at position (\d+)/.exec(message)?.[1];
  return position === undefined ? undefined : text.slice(0, Number(position)).split("\n").length;
}
