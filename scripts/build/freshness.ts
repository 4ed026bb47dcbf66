import { createHash } from "node:crypto";
import { existsSync, globSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, dirname, join, relative } from "node:path";

import { type Package, root } from "./packages.ts";

interface Stamp {
  readonly sources: string;
  readonly outputs: readonly string[];
}

/** Hash of everything a package's build reads: its own files, those of the packages in it, and the toolchain. */
export function hashOfSources(each: Package, all: readonly Package[]): string {
  const hash = createHash("sha256");
  const files = [
    ...globSync(["pnpm-lock.yaml", "tsconfig.base.json", "scripts/build/*.{json,ts}"], { cwd: root }),
    ...globSync(["package.json", "build.ts", "src/**/*"], { cwd: each.folder, withFileTypes: true })
      .filter((entry) => entry.isFile() && !entry.name.endsWith(".test.ts"))
      .map((entry) => relative(root, join(entry.parentPath, entry.name))),
  ];
  for (const file of files.sort())
    hash
      .update(`${file}\0`)
      .update(readFileSync(join(root, file)))
      .update("\0");
  for (const name of each.builtFrom) {
    for (const other of all.filter((candidate) => candidate.name === name))
      hash.update(hashOfSources(other, all));
  }
  return hash.digest("hex");
}

/** Whether the last build read these sources and all it wrote is still there. */
export function isFresh(each: Package, sources: string): boolean {
  const file = stampFile(each);
  if (!existsSync(file)) return false;
  const stamp = JSON.parse(readFileSync(file, "utf8")) as Stamp;
  return stamp.sources === sources && stamp.outputs.every((output) => existsSync(join(each.folder, output)));
}

export function markFresh(each: Package, sources: string): void {
  const stamp: Stamp = { sources, outputs: globSync("dist/**/*", { cwd: each.folder }) };
  mkdirSync(dirname(stampFile(each)), { recursive: true });
  writeFileSync(stampFile(each), JSON.stringify(stamp));
}

function stampFile(each: Package): string {
  return join(root, "node_modules/.cache/auditgate/build", `${basename(each.folder)}.json`);
}
