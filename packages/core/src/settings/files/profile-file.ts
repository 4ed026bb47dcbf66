import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Environment, Owner, SettingName } from "../layer.ts";

/** Values under the names that settings have here; a text, a switch, or nothing. */
export type ProfileValues = { readonly [name in SettingName]?: string | boolean | null | undefined };

/** One entry of a configuration file. */
export interface ProfileEntry {
  readonly name: string;
  /** @param region - The region that a source above names, for entries that differ by region. */
  values(region: string | undefined): ProfileValues;
  /** Whether it was put together from files of the working folder and of elsewhere. */
  readonly isMixed?: boolean | undefined;
}

/** Entries of one file, and the one that is meant where no name is given. */
export interface ProfileFile {
  readonly path: string;
  /** Whose tools write such a file. */
  readonly owner: Owner;
  readonly entries: readonly ProfileEntry[];
  readonly current: string | undefined;
  /** Why none is meant where none is named, if that is worth saying. */
  readonly note?: string | undefined;
}

/** Text of a file without its byte order mark, or undefined where there is none that can be read. */
export function tryReadFile(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8").replace(/^\ufeff/, "");
  } catch {
    return undefined;
  }
}

/** The home folder, undefined where the environment names none. */
export function homeOf(env: Environment): string | undefined {
  return env["HOME"] || env["USERPROFILE"] || undefined;
}

/** `~` and `~/…` in the home folder, any other path as it is. */
export function expandHome(path: string, env: Environment): string {
  const home = homeOf(env);
  return home && /^~(?:$|[/\\])/.test(path) ? join(home, path.slice(1)) : path;
}
