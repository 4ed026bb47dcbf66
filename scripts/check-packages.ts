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

const HELP = `Usage: npx pnpm@12 check:packages [--matrix] [--help]

Builds and packs all packages; checks the packs with publint and attw; refuses scripts that run at installation, their
dependencies' too; installs the packs with npm into a project of its own, where a program that uses all of them is
type-checked and run as CommonJS and as ES modules.

  --matrix  installs with pnpm as well, and runs the program on the oldest Node.js 22 that is supported and on Node.js 24,
            from npm, instead of the workspace's alone`;

const OLDEST = "22.19.0";
const CURRENT = "24";

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { matrix: { type: "boolean" }, help: { type: "boolean", short: "h" } },
  });
  if (values.help) {
    console.log(HELP);
    return;
  }
  const managers: readonly Manager[] = values.matrix ? ["npm", "pnpm"] : ["npm"];
  const nodes = values.matrix ? [OLDEST, CURRENT] : [undefined];
  const scratch = mkdtempSync(join(tmpdir(), "auditgate-packages-"));
  try {
    await runSteps([
      ...buildSteps(),
      ...packSteps(packages(), scratch),
      ...packages().flatMap((each) => lintSteps(each, scratch)),
      ...managers.flatMap((manager) => consumerSteps({ manager, packages: packages(), scratch, nodes })),
    ]);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

main().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
