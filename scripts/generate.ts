/** `pnpm generate`: writes the files that are derived from declarations: interfaces, schemas, reference pages, tables. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { spawnSync } from "node:child_process";
import { start } from "./command-line.ts";
import { cdktfBindings } from "./generate/cdktf-bindings.ts";
import { commandTable } from "./generate/command-table.ts";
import { coreTypes } from "./generate/core-types.ts";
import { credentialsPage } from "./generate/credentials-page.ts";
import { errorsPage } from "./generate/errors-page.ts";
import { pulumiReadme } from "./generate/pulumi-readme.ts";
import { pulumiTypes } from "./generate/pulumi-types.ts";
import { terraformReference } from "./generate/terraform-reference.ts";
import { terraformSchema } from "../packages/terraform-provider/src/schema/derive.ts";

function generate({ check }: { readonly check: boolean }): void {
  const files = [
    ...coreTypes(),
    terraformSchema(),
    ...terraformReference(),
    ...cdktfBindings(),
    ...pulumiTypes(),
    ...pulumiReadme(),
    ...credentialsPage(),
    ...errorsPage(),
    ...commandTable(),
  ];
  const stale = files.filter(({ path, text }) => {
    const formatted = format(path, text);
    if (formatted === read(path)) return false;
    if (!check) {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, formatted);
    }
    return true;
  });
  for (const { path } of stale) console.log(check ? `stale: ${path}` : `wrote ${path}`);
  if (stale.length === 0) console.log("everything generated is up to date");
  if (check && stale.length > 0) process.exitCode = 1;
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
