import { existsSync, mkdirSync, readFileSync, realpathSync } from "node:fs";
import { join } from "node:path";
import { archive, archiveName } from "./archive.ts";
import { type Engine, ENGINE_HOSTS, guessEngine } from "./engine.ts";
import { folderInside, refuseLink, replaceFile, replaceFolders } from "./inside.ts";
import { type LockEntry, mergeLockFile, packageHash } from "./lock-file.ts";
import { providerPackage } from "./provider-package.ts";

/** Options of {@link ../package.ts placeProvider}. */
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

/** The provider's files by name, and the platforms that they are for. */
export interface PlatformFiles {
  readonly platforms: readonly string[];
  readonly files: ReadonlyMap<string, Uint8Array>;
}

/**
 * Puts packages of the provider below `terraform.d/plugins`, and their hashes into the lock file. They are zips,
 * `HOST/NAMESPACE/TYPE/….zip`: an engine unpacks its own at `init`, and an app of many stacks has a file for each platform
 * where there would be two folders of five files.
 *
 * @returns The engine whose entry was written.
 * @see {@link ../package.ts placeProvider}
 */
export function placePackages(
  directory: string,
  packages: readonly PlatformFiles[],
  options: Omit<PlaceOptions, "platforms">,
): Engine {
  const { source, version, hosts } = providerPackage;
  const { constraint, like } = options;
  const lockFile = join(directory, ".terraform.lock.hcl");
  refuseLink(lockFile);
  const locked = existsSync(lockFile) ? readFileSync(lockFile, "utf8") : undefined;
  const engine = options.engine ?? guessEngine(locked, process.env);
  const merged = mergeLockFileAt(lockFile, locked, {
    address: `${ENGINE_HOSTS[engine]}/${source}`,
    version,
    constraint,
    hashes: packages.map(({ files }) => packageHash(files)),
  });
  mkdirSync(directory, { recursive: true });
  const [namespace = "", type = ""] = source.split("/");
  const plugins = folderInside(realpathSync(directory), ["terraform.d", "plugins"]);
  const homes = hosts.map((host) => {
    const home = folderInside(plugins, [host, namespace]);
    refuseLink(join(home, type));
    return join(home, type);
  });
  const zips = packages.flatMap(({ platforms, files }) =>
    platforms.map((platform) => [archiveName(version, platform), packed(files)] as const),
  );
  replaceFolders(
    homes,
    new Map(zips),
    like === undefined ? undefined : join(like, "terraform.d", "plugins", hosts[0] ?? "", source),
  );
  if (merged !== locked) replaceFile(lockFile, merged);
  return engine;
}

const made = new WeakMap<ReadonlyMap<string, Uint8Array>, Uint8Array>();

// Not compressed: whoever uploads or commits it does that, and it is made and unpacked at once.
function packed(files: ReadonlyMap<string, Uint8Array>): Uint8Array {
  const known = made.get(files) ?? archive(files, 0);
  made.set(files, known);
  return known;
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
