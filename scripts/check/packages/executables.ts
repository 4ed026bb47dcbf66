import { homedir } from "node:os";
import { resolve } from "node:path";

import { archive } from "../../../packages/terraform-provider/src/install/archive.ts";
import { packageHash } from "../../../packages/terraform-provider/src/install/lock-file.ts";
import { NOTICES_FILE } from "../../../packages/terraform-provider/src/install/package-files.ts";
import { providerPackage } from "../../../packages/terraform-provider/src/install/provider-package.ts";
import { executableName } from "../../../packages/terraform-provider/src/standalone/compose.ts";
import { RUNTIME_VERSION } from "../../../packages/terraform-provider/src/standalone/runtimes.ts";
import { standaloneFiles } from "../../../packages/terraform-provider/src/standalone/standalone.ts";
import type { Step } from "../../progress.ts";
import { formatOf, signedPages } from "./program-format.ts";

const MOST_BYTES = 125_000_000;
const MOST_PACKED_BYTES = 60_000_000;
const FORMATS: Readonly<Record<string, string>> = { darwin: "Mach-O", linux: "ELF", windows: "PE" };

/** The provider's executables: made twice, as they are released. */
export function executableSteps(platforms: readonly string[], { musl = false } = {}): Step[] {
  return platforms.map((platform) => ({
    title: `the executable for ${platform}${musl ? " with musl" : ""}`,
    run: async () => {
      const make = async () => (await standaloneFiles([platform], { musl })).get(platform) ?? new Map();
      const files = await make();
      const packed = archive(files).length;
      const isSame = packageHash(files) === packageHash(await make());
      const faults = [
        ...faultsIn(platform, files),
        ...(packed > MOST_PACKED_BYTES ? [`it weighs ${packed} bytes packed`] : []),
        ...(isSame ? [] : ["made again, it is other bytes"]),
      ];
      if (faults.length > 0) throw new Error(faults.join("\n"));
      const bytes = files.get(executableName(platform))?.length ?? 0;
      return `${(bytes / 1e6).toFixed(1)} MB, ${(packed / 1e6).toFixed(1)} MB packed`;
    },
  }));
}

/**
 * What is wrong with the package of an executable: what is in it, of which format and versions, how large, and whose paths.
 *
 * @param files - Contents by name.
 */
export function faultsIn(platform: string, files: ReadonlyMap<string, Uint8Array>): readonly string[] {
  const program = executableName(platform);
  const names = [...files.keys()].toSorted();
  if (names.join() !== [NOTICES_FILE, program].join()) return [`it consists of ${names.join(", ")}`];
  const bytes = Buffer.from(files.get(program) ?? []);
  const notices = Buffer.from(files.get(NOTICES_FILE) ?? []).toString();
  const [os = "", architecture] = platform.split("_");
  const found = formatOf(bytes);
  const pages = platform === "darwin_arm64" ? signedPages(bytes) : undefined;
  // "/root" is a word of every runtime.
  const paths = [resolve("."), homedir(), "auditgate-standalone-"].filter((path) => path !== "/root");
  return [
    ...(found.format === FORMATS[os] && found.architecture === architecture
      ? []
      : [`it is a program of the format ${found.format} for ${found.architecture}`]),
    ...[`version:"${providerPackage.version}"`, RUNTIME_VERSION]
      .filter((text) => !bytes.includes(text))
      .map((text) => `${text} is not in it`),
    ...[`Bun ${RUNTIME_VERSION}`, "LGPL-2.0", "undici", "MIT License"]
      .filter((text) => !notices.includes(text))
      .map((text) => `${text} is not in its notices`),
    ...(bytes.length > MOST_BYTES ? [`it weighs ${bytes.length} bytes`] : []),
    ...paths.filter((path) => bytes.includes(path)).map((path) => `it holds a path of this machine, ${path}`),
    // macOS on ARM kills a program at the first page that its signature does not fit.
    ...(platform !== "darwin_arm64" || (pages && pages.all > 1000 && pages.right === pages.all)
      ? []
      : [`its signature fits ${pages?.right ?? 0} of ${pages?.all ?? 0} pages`]),
  ];
}
