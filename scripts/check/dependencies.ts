/** `pnpm check dependencies`: which package, room and file may import which, and how far it is from a gate to a socket. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";

import { root } from "../build/packages.ts";
import { chainToSocket } from "./dependencies/chain.ts";

process.chdir(root);
const chain = chainToSocket();
console.log(`The longest chain of imports from evaluateGate to a socket has ${chain.length} files:`);
console.log(`  ${chain.join(" → ")}`);
const suites = ["--testPathPatterns", "^test/packages/", "--selectProjects", "e2e"];
process.exitCode = spawnSync(join(root, "node_modules/.bin/jest"), suites, { stdio: "inherit" }).status ?? 1;
