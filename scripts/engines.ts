/** `pnpm engines`: puts Terraform, Pulumi and OpenTofu in place. */
import { dirname } from "node:path";
import { parseArgs } from "node:util";

import { ENGINES, engineNamed } from "./engines/catalogue.ts";
import { cacheFolder, engines } from "./engines/locate.ts";
import { engineSteps } from "./engines/steps.ts";
import { runSteps } from "./progress.ts";

const HELP = `Usage: npx pnpm@12 engines [terraform] [pulumi] [tofu] [--print-env] [--help]

Makes sure that the engines which demo and tests drive are there (without names: all of them). Each comes from PATH if
it is there in a usable version, else from its official release (checksum verified), else it is built from its Go
module, which needs Go and takes some minutes. What is there is found again at once.

  --print-env   prints a line for a shell: eval "$(npx pnpm@12 --silent engines --print-env)"

Environment: AUDITGATE_ENGINES  the folder to keep them in (now ${cacheFolder()})`;

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { help: { type: "boolean", short: "h" }, "print-env": { type: "boolean" } },
  });
  if (values.help) {
    console.log(HELP);
    return;
  }
  const wanted = positionals.length > 0 ? positionals.map(engineNamed) : ENGINES;
  const printEnv = values["print-env"] ?? false;
  await runSteps(engineSteps(wanted), {
    keepGoing: true,
    stream: printEnv ? process.stderr : process.stdout,
  });
  if (!printEnv) return;
  const folders = new Set(wanted.map(({ name }) => dirname(engines()[name])));
  console.log(`export PATH='${[...folders].join(":")}':"$PATH"`);
}

main().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
