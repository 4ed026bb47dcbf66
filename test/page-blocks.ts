import { readFileSync } from "node:fs";
import { resolve } from "node:path";

/** The code blocks of one language on a page of the repository, in their order; the empty language is plain text. */
export function blocksOf(page: string, language: string): readonly string[] {
  const text = readFileSync(resolve(page), "utf8");
  return [...text.matchAll(/^```(\w*).*\n([^]*?)^```$/gm)]
    .filter(([, named]) => named === language)
    .map(([, , code = ""]) => code);
}
