import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { getCallSites } from "node:util";
import { placePackages, type PlaceOptions } from "./install/place.ts";
import { providerPackage } from "./install/provider-package.ts";

export type { PlaceOptions } from "./install/place.ts";
export { type ProviderPackage, providerPackage } from "./install/provider-package.ts";

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
  const { platforms = providerPackage.platforms, ...others } = options;
  placePackages(directory, [{ platforms, files: shipped() }], others);
}

let read: ReadonlyMap<string, Uint8Array> | undefined;

/** The files of the provider, read once: an app may place them in many folders. */
function shipped(): ReadonlyMap<string, Uint8Array> {
  return (read ??= readFiles());
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
