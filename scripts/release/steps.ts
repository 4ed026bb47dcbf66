import { createHash } from "node:crypto";
import { globSync, linkSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import { archive, archiveName } from "../../packages/terraform-provider/src/install/archive.ts";
import { providerPackage } from "../../packages/terraform-provider/src/package.ts";
import { standaloneFiles } from "../../packages/terraform-provider/src/standalone/standalone.ts";
import type { Step } from "../progress.ts";
import { signDetached } from "./signature.ts";
import { commonVersion } from "./version.ts";

/** What a registry must know of a provider before it serves it. */
const MANIFEST = { version: 1, metadata: { protocol_versions: ["6.0"] } };

/** Folder of the release that engines can be told to take providers from. */
const MIRROR = "mirror";

/**
 * Writes the files of a release into a folder, in place of an older one's.
 *
 * @see https://developer.hashicorp.com/terraform/registry/providers/publishing
 */
export function releaseSteps(folder: string, platforms: readonly string[]): Step[] {
  const sums = `terraform-provider-auditgate_${providerPackage.version}_SHA256SUMS`;
  const key = process.env["AUDITGATE_GPG_PRIVATE_KEY"];
  const passphrase = process.env["AUDITGATE_GPG_PASSPHRASE"];
  return [
    {
      title: "one version for all packages",
      run: async () => commonVersion(),
    },
    {
      title: "the key",
      run: async () => {
        if (!key) return "there is none";
        // Before the work, so that a wrong one costs nothing.
        const trial = join(mkdtempSync(join(tmpdir(), "auditgate-trial-")), "text");
        writeFileSync(trial, "");
        try {
          return await signDetached(trial, key, passphrase);
        } finally {
          rmSync(dirname(trial), { recursive: true });
        }
      },
    },
    {
      title: `zips, manifest and checksums in ${folder}`,
      run: async (report) => {
        mkdirSync(folder, { recursive: true });
        // Of an older release; a signature among it would be of other files.
        for (const old of globSync("terraform-provider-auditgate_*", { cwd: folder }))
          rmSync(join(folder, old));
        const files = await releaseFiles(platforms, report);
        for (const [name, content] of files) writeFileSync(join(folder, name), content);
        writeFileSync(join(folder, sums), checksums(files));
      },
    },
    {
      title: `a filesystem mirror of them in ${join(folder, MIRROR)}`,
      run: async () => {
        for (const host of providerPackage.hosts) {
          const home = join(folder, MIRROR, host, providerPackage.source);
          rmSync(home, { recursive: true, force: true });
          mkdirSync(home, { recursive: true });
          for (const zip of globSync("terraform-provider-auditgate_*.zip", { cwd: folder }))
            linkSync(join(folder, zip), join(home, zip));
        }
      },
    },
    {
      title: "signature",
      run: async () => {
        if (!key) return "SKIPPED, there is no key";
        return `by ${await signDetached(join(folder, sums), key, passphrase)}`;
      },
    },
  ];
}

async function releaseFiles(
  platforms: readonly string[],
  report: (text: string) => void,
): Promise<ReadonlyMap<string, Uint8Array | string>> {
  const { version } = providerPackage;
  const files = new Map<string, Uint8Array | string>();
  for (const [platform, executable] of await standaloneFiles(platforms, { report })) {
    report(`packing ${platform}`);
    files.set(archiveName(version, platform), archive(executable));
  }
  files.set(
    `terraform-provider-auditgate_${version}_manifest.json`,
    `${JSON.stringify(MANIFEST, null, 2)}\n`,
  );
  return files;
}

/** Lines as `sha256sum` writes and checks them. */
function checksums(files: ReadonlyMap<string, Uint8Array | string>): string {
  return [...files]
    .map(([name, content]) => `${createHash("sha256").update(content).digest("hex")}  ${name}\n`)
    .join("");
}
