import { randomUUID } from "node:crypto";
import {
  closeSync,
  existsSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  type Stats,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { placeFiles } from "./place-files.ts";

/**
 * A folder below `directory`, made where it is missing.
 *
 * @param names - Of each folder on the way, outermost first.
 * @throws {Error} where one of them is a link, which may lead anywhere, or no folder.
 */
export function folderInside(directory: string, names: readonly string[]): string {
  return names.reduce((outer, name) => {
    const folder = join(outer, name);
    makeFolder(folder);
    return folder;
  }, directory);
}

// Not looked for before, for somebody else may be making it at this very moment. Made with its parents, one takes twice as long.
function makeFolder(folder: string): void {
  try {
    mkdirSync(folder);
  } catch (error) {
    if (!refuseLink(folder)?.isDirectory()) throw error;
  }
}

/**
 * @returns What is at `path`; undefined where nothing is.
 * @throws {Error} where it is a link: what is behind that belongs to somebody else.
 */
export function refuseLink(path: string): Stats | undefined {
  const there = lstatSync(path, { throwIfNoEntry: false });
  if (there?.isSymbolicLink())
    throw new Error(
      `${path} is a link. Nothing is written through links: remove it, or put a folder or file there.`,
    );
  return there;
}

/**
 * Puts new folders in the place of what is there, each with the same files; seen from outside, none is ever there in part.
 *
 * @param files - Contents by name.
 * @param like - A folder that has the files already, perhaps.
 */
export function replaceFolders(
  folders: readonly string[],
  files: ReadonlyMap<string, Uint8Array>,
  like?: string,
): void {
  const drafts = folders.map((folder) => ({ folder, draft: besideOf(folder) }));
  try {
    placeFiles(
      drafts.map(({ draft }) => draft),
      files,
      like,
    );
    for (const { folder, draft } of drafts) exchange(draft, folder);
  } finally {
    for (const { draft } of drafts) rmSync(draft, { recursive: true, force: true });
  }
}

/** What a name that is taken is refused with; Windows says that access is denied. */
const TAKEN = ["ENOTEMPTY", "EEXIST", "ENOTDIR", "EPERM", "EACCES"];

// Somebody else may be placing the same at this very moment: then it is their folder that is replaced.
function exchange(draft: string, folder: string): void {
  for (let attempt = 1; ; attempt++) {
    try {
      renameSync(draft, folder);
      return;
    } catch (error) {
      if (attempt === 100 || !TAKEN.includes((error as NodeJS.ErrnoException).code ?? "")) throw error;
    }
    moveAway(folder);
  }
}

function moveAway(folder: string): void {
  const old = besideOf(folder);
  try {
    renameSync(folder, old);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
  } finally {
    rmSync(old, { recursive: true, force: true });
  }
}

/**
 * Writes a file in one step: whoever reads it finds the old one or the new one. What replaces something is on the disk
 * before, so that no loss of power leaves neither; what is new can be made again.
 */
export function replaceFile(file: string, content: string | Uint8Array, mode = 0o644): void {
  const draft = besideOf(file);
  const replaces = existsSync(file);
  try {
    const handle = openSync(draft, "wx", mode);
    try {
      writeFileSync(handle, content);
      if (replaces) fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    renameSync(draft, file);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
}

function besideOf(path: string): string {
  // Engines take no folder for a provider's whose name begins with a dot.
  return join(dirname(path), `.auditgate-${randomUUID()}`);
}
