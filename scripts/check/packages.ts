/**
 * `pnpm check packages`: what the registry would get, looked at and used as a stranger would.
 *
 * Builds and packs all packages; checks the packs with publint and attw; refuses scripts that run at installation, their
 * dependencies' too; installs the packs with npm into a project of its own, where a program that uses all of them is
 * type-checked and run as CommonJS and as ES modules; makes the provider's executable for this machine twice and looks at
 * what is in it. With --matrix it installs with pnpm as well, runs the program on the oldest Node.js 22 that is supported and
 * on Node.js 24, from npm, instead of the workspace's alone, and makes the executables of all platforms.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";

import {
  muslPlatforms,
  ownPlatform,
  standalonePlatforms,
} from "../../packages/terraform-provider/src/standalone/standalone.ts";
import { packages } from "../build/packages.ts";
import { buildSteps } from "../build/steps.ts";
import { consumerSteps, type Manager } from "./packages/consumer.ts";
import { executableSteps } from "./packages/executables.ts";
import { lintSteps } from "./packages/lint.ts";
import { packSteps } from "./packages/pack.ts";
import { runSteps } from "../progress.ts";

const OLDEST = "22.19.0";
const CURRENT = "24";

const { values } = parseArgs({ options: { matrix: { type: "boolean", default: false } } });
const managers: readonly Manager[] = values.matrix ? ["npm", "pnpm"] : ["npm"];
const nodes = values.matrix ? [OLDEST, CURRENT] : [undefined];
const scratch = mkdtempSync(join(tmpdir(), "auditgate-packages-"));
try {
  await runSteps([
    ...buildSteps(),
    ...packSteps(packages(), scratch),
    ...packages().flatMap((each) => lintSteps(each, scratch)),
    ...(values.matrix
      ? [...executableSteps(standalonePlatforms), ...executableSteps(muslPlatforms, { musl: true })]
      : executableSteps([ownPlatform()])),
    ...managers.flatMap((manager) => consumerSteps({ manager, packages: packages(), scratch, nodes })),
  ]);
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
