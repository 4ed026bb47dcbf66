import { globSync, readFileSync } from "node:fs";

import ts from "typescript";

/** One source file, with what it imports: values and types, at its beginning or later. */
export interface Source {
  /** Path from the repository's root. */
  readonly file: string;
  readonly text: string;
  /** The text without comments. */
  readonly code: string;
  /** As they are written. */
  readonly imports: readonly string[];
}

/** All source files below a folder that are no tests, in the order of their paths. */
export function sourcesIn(folder: string): Source[] {
  return globSync(`${folder}/**/*.ts`)
    .filter((file) => !file.endsWith(".test.ts"))
    .toSorted()
    .map((file) => {
      const text = readFileSync(file, "utf8");
      const code = text.replaceAll(/\/\*[^]*?\*\/|^\s*\/\/.*$/gm, "");
      const imports = ts.preProcessFile(text, true, true).importedFiles.map(({ fileName }) => fileName);
      return { file, text, code, imports };
    });
}
