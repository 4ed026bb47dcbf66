/** `pnpm generate`: writes the files that are derived from declarations: interfaces, schemas, reference pages, tables. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { spawnSync } from "node:child_process";
import { start } from "./command-line.ts";
import type { GeneratedFile } from "./generate/generated-file.ts";
import { ruleCatalogues } from "./generate/rule-catalogues.ts";

async function generate({ check }: { readonly check: boolean }): Promise<void> {
  const catalogues = differing([await ruleCatalogues()], check);
  // All else imports the catalogues.
  const { derivedFiles } = await import("./generate/files.ts");
  const stale = [...catalogues, ...differing(derivedFiles(), check)];
  for (const { path } of stale) console.log(check ? `stale: ${path}` : `wrote ${path}`);
  if (stale.length === 0) console.log("everything generated is up to date");
  if (check && stale.length > 0) process.exitCode = 1;
}

/** The files that are not as they should be; written, unless they are only to be checked. */
function differing(files: readonly GeneratedFile[], check: boolean): readonly GeneratedFile[] {
  return files.filter(({ path, text }) => {
    const formatted = format(path, text);
    if (formatted === read(path)) return false;
    if (!check) {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, formatted);
    }
    return true;
  });
}

function format(path: string, text: string): string {
  const result = spawnSync("node_modules/.bin/oxfmt", ["--stdin-filepath", path], {
    input: text,
    encoding: "utf8",
  });
  if (result.status !== 0) throw new Error(`cannot format ${path}: ${result.stderr}`);
  return result.stdout;
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}

await start("generate", {
  own: (command) =>
    command
      .option("--check", "writes nothing, and fails if a checked-in file differs", false)
      .action(generate),
});
