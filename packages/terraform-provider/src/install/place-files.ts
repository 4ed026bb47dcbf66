import { chmodSync, copyFileSync, linkSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { modeOf } from "./package-files.ts";

/**
 * Writes the same files into several new folders: once, and as hard links of that in all others, for they are many.
 * Symbolic links would not do, as what is uploaded to a remote run leaves these out, or refuses them.
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
  const [first, ...others] = folders;
  if (first === undefined) return;
  mkdirSync(first, { recursive: true });
  for (const [name, content] of files) {
    if (like !== undefined && isLinked(join(like, name), join(first, name), content)) continue;
    writeFileSync(join(first, name), content, { flag: "wx" });
    chmodSync(join(first, name), modeOf(name));
  }
  for (const folder of others) {
    mkdirSync(folder, { recursive: true });
    for (const name of files.keys()) linkOrCopy(join(first, name), join(folder, name));
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
  const { dev, ino, size, mtimeNs, mode } = statSync(path, { bigint: true });
  if (Number(mode & 0o777n) !== modeOf(basename(path))) return false;
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
