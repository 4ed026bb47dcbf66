import { globSync } from "node:fs";

import { type Package, root } from "../build/packages.ts";
import { manifestOf, packOf } from "../check/packages/pack.ts";
import { succeed } from "../command.ts";
import type { Step } from "../progress.ts";
import { commonVersion } from "./version.ts";

/** What is needed to publish; all of it comes from the CI service. */
export interface PublishOptions {
  /** Publishes nothing, but does all else that npm does before. */
  readonly dryRun: boolean;
  /** Where the packs lie. */
  readonly scratch: string;
}

/** What has to hold before anything is published. */
export function readinessSteps(packages: readonly Package[], { dryRun }: PublishOptions): Step[] {
  return [
    {
      title: "one version for all packages, and no change that is not in it",
      run: async () => {
        const version = commonVersion();
        const pending = globSync(".changeset/*.md", { cwd: root }).filter(
          (file) => !file.endsWith("README.md"),
        );
        if (pending.length > 0 && !dryRun)
          throw new Error(
            `${pending.length} changesets are not in ${version} yet: npx pnpm@12 changeset version`,
          );
        return pending.length > 0 ? `${version}; ${pending.length} changesets are NOT in it` : version;
      },
    },
    {
      title: "every package names its repository, as provenance needs",
      run: async () => {
        const silent = packages.map(manifestOf).filter(({ repository }) => repository === undefined);
        if (silent.length === 0) return undefined;
        const message = `no repository in package.json of ${silent.map(({ name }) => name).join(", ")}`;
        if (!dryRun) throw new Error(message);
        return `MISSING: ${message}`;
      },
    },
  ];
}

/** Publishes the packs with provenance, each behind those it needs; what the registry has already is left out. */
export function publishSteps(packages: readonly Package[], { dryRun, scratch }: PublishOptions): Step[] {
  return packages.map((each) => ({
    title: `${dryRun ? "dry run of publishing" : "publish"} ${each.name}`,
    run: async () => {
      const { name, version } = manifestOf(each);
      if (!dryRun && (await isPublished(name, version))) return `${version} is published already`;
      const tag = version.includes("-") ? ["--tag", "next"] : [];
      const mode = dryRun ? ["--dry-run"] : ["--provenance"];
      const args = [
        "publish",
        packOf(each, scratch),
        "--access",
        "public",
        "--ignore-scripts",
        ...tag,
        ...mode,
      ];
      await succeed("npm", args, { cwd: scratch });
      return version;
    },
  }));
}

async function isPublished(name: string, version: string): Promise<boolean> {
  try {
    return (
      (await succeed("npm", ["view", `${name}@${version}`, "version"], { cwd: root })).trim() === version
    );
  } catch (error) {
    if (error instanceof Error && error.message.includes("E404")) return false;
    throw error;
  }
}
