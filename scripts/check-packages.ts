/** `pnpm check:packages`: what the registry would get, looked at and used as a stranger would. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";

import { packages } from "./build/packages.ts";
import { buildSteps } from "./build/steps.ts";
import { consumerSteps, type Manager } from "./check-packages/consumer.ts";
import { lintSteps } from "./check-packages/lint.ts";
import { packSteps } from "./check-packages/pack.ts";
import { runSteps } from "./progress.ts";

const HELP = `Usage: npx pnpm@12 check:packages [--pnpm] [--node VERSION] [--help]

Builds and packs all packages; checks the packs with publint and attw; refuses scripts that run at installation, their
dependencies' too; installs the packs with npm into a project of its own, where a program that uses all of them is
type-checked and run as CommonJS and as ES modules.

  --pnpm          installs with pnpm as well
  --node VERSION  runs the program on this version of Node.js, from npm, instead of the workspace's`;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { pnpm: { type: "boolean" }, node: { type: "string" }, help: { type: "boolean", short: "h" } },
  });
  if (values.help) {
    console.log(HELP);
    return;
  }
  const managers: readonly Manager[] = values.pnpm ? ["npm", "pnpm"] : ["npm"];
  const scratch = mkdtempSync(join(tmpdir(), "auditgate-packages-"));
  try {
    await runSteps([
      ...buildSteps(),
      ...packSteps(packages(), scratch),
      ...packages().flatMap((each) => lintSteps(each, scratch)),
      ...managers.flatMap((manager) =>
        consumerSteps({ manager, packages: packages(), scratch, node: values.node }),
      ),
    ]);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

main().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
