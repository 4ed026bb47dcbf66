import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { archive, archiveName } from "./archive.ts";
import { folderInside, replaceFile } from "./inside.ts";
import type { PlatformFiles } from "./place.ts";
import { providerPackage } from "./provider-package.ts";

/**
 * Adds the provider to a filesystem mirror, in the packed layout `HOST/NAMESPACE/TYPE/….zip`, under the hosts of both
 * engines. Other providers and other versions in the folder are left as they are.
 *
 * @param directory - What `filesystem_mirror` of a CLI configuration names as `path`.
 * @throws {Error} where a file cannot be written, or a folder in it is a link.
 * @see https://developer.hashicorp.com/terraform/cli/config/config-file#filesystem_mirror
 */
export function writeMirror(directory: string, packages: readonly PlatformFiles[]): void {
  const { hosts, source, version } = providerPackage;
  mkdirSync(directory, { recursive: true });
  const folders = hosts.map((host) => folderInside(directory, [host, ...source.split("/")]));
  for (const { platforms, files } of packages) {
    const zip = archive(files);
    for (const folder of folders)
      for (const platform of platforms) replaceFile(join(folder, archiveName(version, platform)), zip);
  }
}

/** The CLI configuration by which an engine takes the provider from that mirror, and all others as before. */
export function mirrorConfiguration(directory: string): string {
  const { source } = providerPackage;
  return `provider_installation {
  filesystem_mirror {
    path    = ${JSON.stringify(directory)}
    include = ["${source}"]
  }
  direct {
    exclude = ["${source}"]
  }
}`;
}
