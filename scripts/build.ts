/** `pnpm build`: builds the packages that changed. */
import { buildSteps } from "./build/steps.ts";
import { start } from "./command-line.ts";
import { runSteps } from "./progress.ts";

const HELP = `
Each package into its dist folder: ES modules, CommonJS, types, and the Terraform provider's own file. With names, only
these folders of packages/ and what they are built from.`;

await start("build", {
  own: (command) =>
    command
      .argument("[folder...]", "such as core")
      .option("--force", "builds also what did not change since its last build", false)
      .addHelpText("after", HELP)
      .action((folders: string[], { force }: { readonly force: boolean }) =>
        runSteps(buildSteps({ folders, force })),
      ),
});
