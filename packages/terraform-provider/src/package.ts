import { existsSync, mkdirSync, readFileSync, realpathSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { getCallSites } from "node:util";
import manifest from "../package.json" with { type: "json" };
import { type Engine, ENGINE_HOSTS, guessEngine } from "./install/engine.ts";
import { folderInside, refuseLink, replaceFile, replaceFolders } from "./install/inside.ts";
import { type LockEntry, mergeLockFile, packageHash } from "./install/lock-file.ts";
import { CORE_FILE, EXECUTABLE_FILE, NOTICES_FILE, ON_DEMAND_FILES } from "./install/package-files.ts";

/** What makes up the provider as engines see it. */
export interface ProviderPackage {
  readonly version: string;
  /** Source address in configurations. */
  readonly source: string;
  /** What the engines complete the source with. */
  readonly hosts: readonly string[];
  readonly platforms: readonly string[];
  /** Names of its files, the same on every platform. */
  readonly files: readonly string[];
}

/** The provider of this version. */
export const providerPackage: ProviderPackage = {
  version: manifest.version,
  source: "auditgate/auditgate",
  hosts: Object.values(ENGINE_HOSTS),
  platforms: ["darwin_amd64", "darwin_arm64", "linux_amd64", "linux_arm64"],
  files: [EXECUTABLE_FILE, CORE_FILE, ...Object.values(ON_DEMAND_FILES), NOTICES_FILE],
};

/** Options of {@link placeProvider}. */
export interface PlaceOptions {
  /** Engine to write the lock file for; guessed if absent. The files serve both. */
  readonly engine?: Engine | undefined;
  /** Platforms to place it for, such as `linux_amd64`; all if absent. */
  readonly platforms?: readonly string[] | undefined;
  /** Version constraint that the configuration states, for the lock file. */
  readonly constraint?: string | undefined;
  /** Folder of another root module in which it was just placed: its files are then shared, by hard links. */
  readonly like?: string | undefined;
}

/**
 * Puts the provider where `terraform init` and `tofu init` find it without any CLI configuration: below
 * `terraform.d/plugins` of a configuration's folder, with its entry in `.terraform.lock.hcl`. Repeating this is
 * harmless, also at the same time; other versions of the provider are removed from there. Nothing outside of the folder is
 * touched, and nothing in it is there in part.
 *
 * @param directory - Folder of the root module.
 * @throws {Error} where the provider has not been built, a file cannot be written, the lock file is none, or something in
 * the way is a link.
 */
export function placeProvider(directory: string, options: PlaceOptions = {}): void {
  const { platforms = providerPackage.platforms, constraint, like } = options;
  const { source, version, hosts } = providerPackage;
  const { files, hash } = shipped();
  const lockFile = join(directory, ".terraform.lock.hcl");
  refuseLink(lockFile);
  const locked = existsSync(lockFile) ? readFileSync(lockFile, "utf8") : undefined;
  const engine = options.engine ?? guessEngine(locked, process.env);
  const entry = {
    address: `${ENGINE_HOSTS[engine]}/${source}`,
    version,
    constraint,
    hash,
  };
  const merged = mergeLockFileAt(lockFile, locked, entry);
  mkdirSync(directory, { recursive: true });
  const [namespace = "", type = ""] = source.split("/");
  const homes = hosts.map((host) => {
    const home = folderInside(realpathSync(directory), ["terraform.d", "plugins", host, namespace]);
    refuseLink(join(home, type));
    return join(home, type);
  });
  replaceFolders(
    homes,
    platforms.map((platform) => join(version, platform)),
    files,
    like === undefined
      ? undefined
      : join(like, "terraform.d", "plugins", hosts[0] ?? "", source, version, platforms[0] ?? ""),
  );
  if (merged !== locked) replaceFile(lockFile, merged);
}

function mergeLockFileAt(file: string, text: string | undefined, entry: LockEntry): string {
  try {
    return mergeLockFile(text, entry);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new Error(`${file} is no lock file: ${error.message}. Mend it, or remove it and run init.`, {
      cause: error,
    });
  }
}

interface Shipped {
  /** By name. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  /** As lock files have it. */
  readonly hash: string;
}

let read: Shipped | undefined;

/** The files of the provider, read once: an app may place them in many folders. */
function shipped(): Shipped {
  if (!read) {
    const files = readFiles();
    read = { files, hash: packageHash(files) };
  }
  return read;
}

/** The files of the provider, by name. */
export function readFiles(): ReadonlyMap<string, Uint8Array> {
  const folder = join(ownFolder(), "..", "dist", "provider");
  if (!existsSync(folder)) throw new Error(`The provider has not been built: there is no ${folder}.`);
  return new Map(providerPackage.files.map((name) => [name, readFileSync(join(folder, name))]));
}

// This module is loaded as an ES module, as CommonJS and by test runners. They have different names for a module's
// own file, but a call site has it in all of them.
function ownFolder(): string {
  const file = getCallSites(1, { sourceMap: false })[0]?.scriptName ?? "";
  return dirname(file.startsWith("file:") ? fileURLToPath(file) : file);
}
