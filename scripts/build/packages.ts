import { existsSync, globSync, readFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";

import variantsJson from "./variants.json" with { type: "json" };

export const root = resolve(import.meta.dirname, "../..");

/** One package of the workspace, as its package.json describes it. */
export interface Package {
  readonly name: string;
  readonly folder: string;
  /** Source files that `exports` and `bin` lead to. */
  readonly entries: readonly string[];
  /** Names of our own packages that its users install along with it. */
  readonly installs: readonly string[];
  /** Names of our own packages that go into its build: those, and what is bundled. */
  readonly builtFrom: readonly string[];
  /** Folder of the sources: its own, or that of the package whose variant it is. */
  readonly sources: string;
  /** Packages that its build imports instead of those that the sources name. */
  readonly alias: Readonly<Record<string, string>>;
}

/** Packages without sources of their own: another's, with one import exchanged. */
interface Variant {
  readonly sourcesOf: string;
  readonly alias: Readonly<Record<string, string>>;
}

export const variants: Readonly<Record<string, Variant>> = variantsJson;

interface Manifest {
  readonly name: string;
  readonly exports?: Readonly<Record<string, string | Readonly<Record<string, unknown>>>>;
  readonly bin?: Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

/** All packages, or the ones in these folders of `packages/`; each behind those it is built from. */
export function packages(folders: readonly string[] = []): Package[] {
  const found = globSync("packages/*/package.json", { cwd: root }).sort().map(describe);
  const wanted = folders.map(
    (folder) => found.find((each) => basename(each.folder) === folder) ?? missing(folder),
  );
  const sorted: Package[] = [];
  const place = (each: Package) => {
    for (const name of each.builtFrom) place(found.find((other) => other.name === name) ?? missing(name));
    if (!sorted.includes(each)) sorted.push(each);
  };
  (folders.length > 0 ? wanted : found).forEach(place);
  return sorted;
}

function describe(file: string): Package {
  const manifest = JSON.parse(readFileSync(join(root, file), "utf8")) as Manifest;
  const folder = join(root, file, "..");
  const { sourcesOf, alias = {} } = variants[basename(folder)] ?? {};
  if (sourcesOf !== undefined) {
    const original = describe(join("packages", sourcesOf, "package.json"));
    const others = ours(manifest.dependencies);
    return {
      ...original,
      name: manifest.name,
      folder,
      entries: original.entries.map((entry) => join("..", sourcesOf, entry)),
      installs: others,
      builtFrom: [...others, original.name],
      alias,
    };
  }
  const sources = Object.values(manifest.exports ?? {}).map((target) =>
    typeof target === "string" ? undefined : target["@auditgate/source"],
  );
  const programs = Object.values(manifest.bin ?? {})
    .map((built) => `./src/${basename(built).replace(/\.c?js$/, ".ts")}`)
    // A program that the package's own build.ts makes has no source of its name.
    .filter((source) => existsSync(join(folder, source)));
  const installs = ours(manifest.dependencies);
  // The emulator serves tests; no package carries it.
  const bundles = ours(manifest.devDependencies).filter((name) => name !== "@auditgate/emulator");
  return {
    name: manifest.name,
    folder,
    entries: [...sources.filter((source) => typeof source === "string"), ...programs],
    installs,
    builtFrom: [...installs, ...bundles],
    sources: join(folder, "src"),
    alias,
  };
}

function ours(dependencies: Readonly<Record<string, string>> = {}): string[] {
  return Object.keys(dependencies).filter((name) => name.startsWith("@auditgate/"));
}

function missing(name: string): never {
  throw new Error(`no package ${name} in packages/`);
}
