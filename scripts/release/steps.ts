import { createHash } from "node:crypto";
import { globSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { archive, archiveName } from "../../packages/terraform-provider/src/install/archive.ts";
import { providerPackage, readFiles } from "../../packages/terraform-provider/src/package.ts";
import type { Step } from "../progress.ts";
import { signDetached } from "./signature.ts";
import { commonVersion } from "./version.ts";

/** What a registry must know of a provider before it serves it. */
const MANIFEST = { version: 1, metadata: { protocol_versions: ["6.0"] } };

/**
 * Writes the files of a release into a folder, in place of an older one's.
 *
 * @see https://developer.hashicorp.com/terraform/registry/providers/publishing
 */
export function releaseSteps(folder: string): Step[] {
  const sums = `terraform-provider-auditgate_${providerPackage.version}_SHA256SUMS`;
  const key = process.env["AUDITGATE_GPG_PRIVATE_KEY"];
  return [
    {
      title: "one version for all packages",
      run: async () => commonVersion(),
    },
    {
      title: `zips, manifest and checksums in ${folder}`,
      run: async () => {
        mkdirSync(folder, { recursive: true });
        // Of an older release; a signature among it would be of other files.
        for (const old of globSync("terraform-provider-auditgate_*", { cwd: folder }))
          rmSync(join(folder, old));
        const files = releaseFiles();
        for (const [name, content] of files) writeFileSync(join(folder, name), content);
        writeFileSync(join(folder, sums), checksums(files));
      },
    },
    {
      title: "signature",
      run: async () => {
        if (!key) return "SKIPPED, there is no key";
        const passphrase = process.env["AUDITGATE_GPG_PASSPHRASE"];
        return `by ${await signDetached(join(folder, sums), key, passphrase)}`;
      },
    },
  ];
}

function releaseFiles(): ReadonlyMap<string, Uint8Array | string> {
  const { version, platforms } = providerPackage;
  const zip = archive(readFiles());
  return new Map<string, Uint8Array | string>([
    ...platforms.map((platform) => [archiveName(version, platform), zip] as const),
    [`terraform-provider-auditgate_${version}_manifest.json`, `${JSON.stringify(MANIFEST, null, 2)}\n`],
  ]);
}

/** Lines as `sha256sum` writes and checks them. */
function checksums(files: ReadonlyMap<string, Uint8Array | string>): string {
  return [...files]
    .map(([name, content]) => `${createHash("sha256").update(content).digest("hex")}  ${name}\n`)
    .join("");
}
