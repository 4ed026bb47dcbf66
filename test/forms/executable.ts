import { createHash } from "node:crypto";
import { existsSync, mkdirSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

import { readFiles } from "../../packages/terraform-provider/src/package.ts";
import { modeOf } from "../../packages/terraform-provider/src/install/package-files.ts";
import { RUNTIMES } from "../../packages/terraform-provider/src/standalone/runtimes.ts";
import { ownPlatform, standaloneFiles } from "../../packages/terraform-provider/src/standalone/standalone.ts";

// Seen from the root of the repository, where tests and commands run: programs load this as an ES module, jest as CommonJS.
const cache = resolve("node_modules/.cache/auditgate/standalone");

/** Where the provider's executable for this machine is, of what is built now. Its files lie beside it. */
export function executable(): string {
  const hash = createHash("sha256").update(JSON.stringify(RUNTIMES[ownPlatform()]));
  for (const [name, content] of readFiles()) hash.update(`${name}\0`).update(content);
  return join(cache, hash.digest("hex"), "terraform-provider-auditgate");
}

/** Makes the executable where it is not there yet: jest calls this before suites that need it. */
export default async function makeExecutable(): Promise<void> {
  const path = executable();
  if (existsSync(path)) return;
  const [files] = [...(await standaloneFiles([ownPlatform()])).values()];
  const draft = `${dirname(path)}.${process.pid}`;
  mkdirSync(draft, { recursive: true });
  for (const [name, content] of files ?? [])
    writeFileSync(join(draft, name), content, { mode: modeOf(name) });
  // Another run may have been faster; then this is the same.
  if (!existsSync(dirname(path))) renameSync(draft, dirname(path));
}
