import { copyFileSync, linkSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/**
 * Writes the same files into several new folders. Each content is written once, and is a hard link of that under all its
 * other names, for they are many. Symbolic links would not do, as what is uploaded to a remote run leaves these out, or
 * refuses them.
 *
 * @param files - Contents by name.
 * @param like - A folder that has them already, perhaps.
 * @throws {Error} where a file cannot be written.
 */
export function placeFiles(
  folders: readonly string[],
  files: ReadonlyMap<string, Uint8Array>,
  like?: string,
): void {
  const placed = new Map<Uint8Array, string>();
  for (const folder of folders) {
    mkdirSync(folder);
    for (const [name, content] of files) {
      const file = join(folder, name);
      const known = placed.get(content);
      if (known !== undefined) {
        linkOrCopy(known, file);
        continue;
      }
      if (like === undefined || !isLinked(join(like, name), file, content))
        writeFileSync(file, content, { flag: "wx" });
      placed.set(content, file);
    }
  }
}

function isLinked(from: string, to: string, content: Uint8Array): boolean {
  try {
    if (!holds(from, content)) return false;
    linkSync(from, to);
    return true;
  } catch {
    return false;
  }
}

/** What each content was last seen in: the file, until it is changed. */
const seen = new WeakMap<Uint8Array, string>();

function holds(path: string, content: Uint8Array): boolean {
  const { dev, ino, size, mtimeNs } = statSync(path, { bigint: true });
  const file = [dev, ino, size, mtimeNs].join(" ");
  if (seen.get(content) === file) return true;
  if (!readFileSync(path).equals(content)) return false;
  seen.set(content, file);
  return true;
}

// Some file systems have no hard links, and some containers forbid them.
function linkOrCopy(from: string, to: string): void {
  try {
    linkSync(from, to);
  } catch {
    copyFileSync(from, to);
  }
}
