import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { getCallSites } from "node:util";
import manifest from "../package.json" with { type: "json" };
import { type Engine, ENGINE_HOSTS, guessEngine } from "./install/engine.ts";
import { mergeLockFile, packageHash } from "./install/lock-file.ts";
import {
  CORE_FILE,
  EXECUTABLE_FILE,
  modeOf,
  NOTICES_FILE,
  ON_DEMAND_FILES,
} from "./install/package-files.ts";

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
}

/**
 * Puts the provider where `terraform init` and `tofu init` find it without any CLI configuration: below
 * `terraform.d/plugins` of a configuration's folder, with its entry in `.terraform.lock.hcl`. Repeating this is
 * harmless; other versions of the provider are removed from there.
 *
 * @param directory - Folder of the root module.
 * @throws {Error} where the provider has not been built, or a file cannot be written.
 */
export function placeProvider(directory: string, options: PlaceOptions = {}): void {
  const { platforms = providerPackage.platforms, constraint } = options;
  const { source, version, hosts } = providerPackage;
  const files = readFiles();
  for (const host of hosts) {
    const home = join(directory, "terraform.d", "plugins", host, source);
    rmSync(home, { recursive: true, force: true });
    for (const platform of platforms) writeFiles(join(home, version, platform), files);
  }
  const lockFile = join(directory, ".terraform.lock.hcl");
  const locked = existsSync(lockFile) ? readFileSync(lockFile, "utf8") : undefined;
  const engine = options.engine ?? guessEngine(locked, process.env);
  const entry = {
    address: `${ENGINE_HOSTS[engine]}/${source}`,
    version,
    constraint,
    hash: packageHash(files),
  };
  writeFileSync(lockFile, mergeLockFile(locked, entry));
}

/** The files of the provider, by name. */
export function readFiles(): ReadonlyMap<string, Uint8Array> {
  const folder = join(ownFolder(), "..", "dist", "provider");
  if (!existsSync(folder)) throw new Error(`The provider has not been built: there is no ${folder}.`);
  return new Map(providerPackage.files.map((name) => [name, readFileSync(join(folder, name))]));
}

function writeFiles(folder: string, files: ReadonlyMap<string, Uint8Array>): void {
  mkdirSync(folder, { recursive: true });
  for (const [name, content] of files) {
    writeFileSync(join(folder, name), content);
    chmodSync(join(folder, name), modeOf(name));
  }
}

// This module is loaded as an ES module, as CommonJS and by test runners. They have different names for a module's
// own file, but a call site has it in all of them.
function ownFolder(): string {
  const file = getCallSites(1, { sourceMap: false })[0]?.scriptName ?? "";
  return dirname(file.startsWith("file:") ? fileURLToPath(file) : file);
}
