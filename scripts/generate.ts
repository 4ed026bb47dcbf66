import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { spawnSync } from "node:child_process";
import { cdktfBindings } from "./generate/cdktf-bindings.ts";
import { coreTypes } from "./generate/core-types.ts";
import { credentialsPage } from "./generate/credentials-page.ts";
import { errorsPage } from "./generate/errors-page.ts";
import { pulumiReadme } from "./generate/pulumi-readme.ts";
import { pulumiTypes } from "./generate/pulumi-types.ts";
import { terraformReference } from "./generate/terraform-reference.ts";
import { terraformSchema } from "../packages/terraform-provider/src/schema/derive.ts";

const HELP = `Usage: pnpm generate [--check]

Writes the files that are derived from the declarations in packages/core/src (interfaces, schemas, reference
pages). With --check nothing is written; the exit code is 1 if a checked-in file differs.`;

function main(args: readonly string[]): number {
  if (args.includes("--help")) {
    console.log(HELP);
    return 0;
  }
  const files = [
    ...coreTypes(),
    terraformSchema(),
    ...terraformReference(),
    ...cdktfBindings(),
    ...pulumiTypes(),
    ...pulumiReadme(),
    ...credentialsPage(),
    ...errorsPage(),
  ];
  const stale = files.filter(({ path, text }) => {
    const formatted = format(path, text);
    if (formatted === read(path)) return false;
    if (!args.includes("--check")) {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, formatted);
    }
    return true;
  });
  for (const { path } of stale) console.log(args.includes("--check") ? `stale: ${path}` : `wrote ${path}`);
  if (stale.length === 0) console.log("everything generated is up to date");
  return args.includes("--check") && stale.length > 0 ? 1 : 0;
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

process.exitCode = main(process.argv.slice(2));
