import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { archive, archiveName } from "./archive.ts";
import { folderInside, replaceFile } from "./inside.ts";
import { providerPackage, readFiles } from "../package.ts";

/**
 * Adds the provider to a filesystem mirror, in the packed layout `HOST/NAMESPACE/TYPE/….zip`, under the hosts of both
 * engines. Other providers and other versions in the folder are left as they are.
 *
 * @param directory - What `filesystem_mirror` of a CLI configuration names as `path`.
 * @param platforms - Such as `linux_amd64`.
 * @throws {Error} where the provider has not been built, a file cannot be written, or a folder in it is a link.
 * @see https://developer.hashicorp.com/terraform/cli/config/config-file#filesystem_mirror
 */
export function writeMirror(
  directory: string,
  platforms: readonly string[] = providerPackage.platforms,
): void {
  const { hosts, source, version } = providerPackage;
  const zip = archive(readFiles());
  for (const host of hosts) {
    mkdirSync(directory, { recursive: true });
    const folder = folderInside(directory, [host, ...source.split("/")]);
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
