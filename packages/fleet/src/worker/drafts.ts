import { randomBytes } from "node:crypto";
import { mkdirSync } from "node:fs";
import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { GONE_MS, type Presence } from "../agreed/presence.ts";

/** Slices under way, of all workers of one estate. They lie beside the runs, where they are found without a look at each of these. */
export interface Drafts {
  /**
   * A new folder for a slice under way; whose it is stands in its name.
   *
   * @throws An error of Node.js where it cannot be made.
   */
  make(worker: string): string;
  /** Removes what workers have left that are there no more. */
  removeLeft(): Promise<void>;
}

/**
 * Drafts in a folder.
 *
 * @param estate - Names those who say in one Redis that they are there: what others have in the same folder is theirs.
 */
export function createDrafts(folder: string, estate: string, presence: Presence): Drafts {
  const own = join(folder, "drafts", estate);
  /** Since when nobody is there whose they are [ms]. */
  let left = new Map<string, number>();
  const ownerless = async (): Promise<readonly string[]> => {
    const names = await readdir(own).catch(() => []);
    if (names.length === 0) return [];
    // After the folder, for a worker says that it is there before it begins a draft.
    const there = new Set((await presence.list("workers", GONE_MS)).map(({ id }) => id));
    return names.filter((name) => !there.has(name.split(".")[0] ?? ""));
  };
  return {
    make(worker) {
      const draft = join(own, `${worker}.${randomBytes(8).toString("hex")}`);
      mkdirSync(draft, { recursive: true, mode: 0o700 });
      return draft;
    },
    async removeLeft() {
      const known = left;
      // Whoever cannot look has seen nothing.
      left = new Map();
      const names = await ownerless();
      const now = performance.now();
      // Not at once: a Redis that has forgotten who is there is told again soon.
      left = new Map(names.map((name) => [name, known.get(name) ?? now]));
      const old = names.filter((name) => now - (left.get(name) ?? now) >= GONE_MS);
      await Promise.all(old.map((name) => rm(join(own, name), { recursive: true, force: true })));
    },
  };
}
