import { zipSync } from "fflate";
import { modeOf } from "./package-files.ts";

// Zip has local times, in steps of two seconds, from 1980 on; fflate reads these fields of a date in local time.
const THE_TIME = new Date(1980, 0, 1);
const UNIX = 3;

/**
 * The provider's files as one zip: the same bytes at any time, on any machine. Engines unpack it, and check the hash of
 * what it holds as well as its own.
 *
 * The compression is in JavaScript, as the bytes that Node's own zlib writes depend on the processor.
 *
 * @param files - Contents by name.
 * @param level - Of the compression; 0 is made in a tenth of the time.
 */
export function archive(files: ReadonlyMap<string, Uint8Array>, level: 0 | 6 = 6): Uint8Array {
  return zipSync(
    Object.fromEntries(
      [...files]
        .toSorted(([a], [b]) => (a < b ? -1 : 1))
        .map(([name, content]) => [
          name,
          // The mode as of a regular file, in the upper half.
          [content, { level, mtime: THE_TIME, os: UNIX, attrs: ((0o100000 | modeOf(name)) << 16) >>> 0 }],
        ]),
    ),
  );
}

/** Name of the zip for one platform, such as `linux_amd64`, in registries and mirrors. */
export function archiveName(version: string, platform: string): string {
  return `terraform-provider-auditgate_${version}_${platform}.zip`;
}
