import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { basename, join } from "node:path";
import { promisify } from "node:util";

import type { Step } from "../progress.ts";
import { bundles, exchangeInTypes } from "./bundle.ts";
import { hashOfSources, isFresh, markFresh } from "./freshness.ts";
import { type Package, packages } from "./packages.ts";

const run = promisify(execFile);

/** One step for each package; a package whose sources did not change since its last build is left as it is. */
export function buildSteps({ folders = [] as readonly string[], force = false } = {}): Step[] {
  const all = packages(folders);
  return all.map((each) => ({
    title: `build ${basename(each.folder)}`,
    run: async (report) => {
      const sources = hashOfSources(each, all);
      if (!force && isFresh(each, sources)) return "up to date";
      await build(each, report);
      markFresh(each, sources);
      return undefined;
    },
  }));
}

async function build(each: Package, report: (text: string) => void): Promise<void> {
  report("modules and types");
  // Loaded here: it takes longer than finding out that there is nothing to build.
  const tsdown = await import("tsdown");
  for (const config of bundles(each)) await tsdown.build({ ...config, config: false });
  exchangeInTypes(each);
  // What a package builds besides modules, it builds with a program of its own.
  if (!existsSync(join(each.folder, "build.ts"))) return;
  report("build.ts");
  await run(process.execPath, ["--conditions=@auditgate/source", "build.ts"], { cwd: each.folder });
}
