import { readFileSync } from "node:fs";

import type { GeneratedFile } from "./generated-file.ts";

/**
 * A page with its derived parts written anew, each between `<!-- begin name -->` and `<!-- end name -->`.
 *
 * @throws {Error} where the page has no place for a part.
 */
export function withParts(path: string, parts: Readonly<Record<string, string>>): GeneratedFile {
  let text = readFileSync(path, "utf8");
  for (const [name, part] of Object.entries(parts)) {
    const [begin, end] = [`<!-- begin ${name} -->`, `<!-- end ${name} -->`];
    const [before, rest = ""] = text.split(begin);
    const [, after] = rest.split(end);
    if (after === undefined) throw new Error(`${path} has no place for the ${name}`);
    text = `${before}${begin}\n\n${part}\n\n${end}${after}`;
  }
  return { path, text };
}

/** A Markdown table. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}
