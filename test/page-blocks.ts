import { readFileSync } from "node:fs";
import { resolve } from "node:path";

import { parsePage } from "../scripts/docs/markdown.ts";

/** The code blocks of one language on a page of the repository, in their order; the empty language is plain text. */
export function blocksOf(page: string, language: string): readonly string[] {
  const { blocks } = parsePage(readFileSync(resolve(page), "utf8"));
  return blocks.filter((block) => block.language === language).map(({ code }) => code);
}
