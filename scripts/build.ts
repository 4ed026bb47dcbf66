/** `pnpm build`: builds the packages that changed. */
import { parseArgs } from "node:util";

import { buildSteps } from "./build/steps.ts";
import { runSteps } from "./progress.ts";

const HELP = `Usage: npx pnpm@12 build [core] [emulator] [...] [--force] [--help]

Builds each package into its dist folder: ES modules, CommonJS, types, and the Terraform provider's own file.
With names, only these folders of packages/ and what they are built from.
Packages whose sources did not change since their last build are left out; --force builds all.`;

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { help: { type: "boolean", short: "h" }, force: { type: "boolean" } },
  });
  if (values.help) console.log(HELP);
  else await runSteps(buildSteps({ folders: positionals, force: values.force ?? false }));
}

main().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
