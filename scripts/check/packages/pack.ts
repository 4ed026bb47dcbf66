import { mkdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";

import type { Package } from "../../build/packages.ts";
import type { Step } from "../../progress.ts";
import { PNPM, succeed } from "../../command.ts";

/** What the checks read of a package.json. */
export interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly repository?: unknown;
  readonly exports?: Readonly<Record<string, unknown>>;
  readonly bin?: Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

export function manifestOf({ folder }: Package): Manifest {
  return JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Manifest;
}

/** Where {@link packSteps} puts a package. */
export function packOf(each: Package, scratch: string): string {
  return join(scratch, "packs", `${basename(each.folder)}.tgz`);
}

/** Packs every package as it would be published. */
export function packSteps(packages: readonly Package[], scratch: string): Step[] {
  return [
    {
      title: "pack",
      run: async (report) => {
        mkdirSync(join(scratch, "packs"));
        for (const each of packages) {
          report(each.name);
          const [command, ...args] = PNPM;
          await succeed(command, [...args, "pack", "--out", packOf(each, scratch)], { cwd: each.folder });
        }
      },
    },
  ];
}
