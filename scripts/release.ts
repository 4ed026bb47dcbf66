/** `pnpm release`: what leaves this repository. */
import type { Command } from "commander";

import { start } from "./command-line.ts";
import { NPM_HELP, releaseNpm } from "./release/npm.ts";
import { releaseSbom, SBOM_HELP } from "./release/sbom.ts";
import { releaseTerraform, TERRAFORM_HELP } from "./release/terraform.ts";

const intoFolder = (command: Command) =>
  command.option("--out <dir>", "the folder that it goes into", "dist-release");

await start("release", {
  parts: {
    npm: (command) => command.addHelpText("after", NPM_HELP).action(releaseNpm),
    terraform: (command) =>
      intoFolder(command)
        .option(
          "--platform <name...>",
          "only for these platforms, such as linux_amd64: no release, but quicker",
        )
        .addHelpText("after", TERRAFORM_HELP)
        .action(releaseTerraform),
    sbom: (command) => intoFolder(command).addHelpText("after", SBOM_HELP).action(releaseSbom),
  },
});
