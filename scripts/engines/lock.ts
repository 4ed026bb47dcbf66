import { mkdirSync, rmSync, statSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const BEAT_MS = 5_000;
const DEAD_AFTER_MS = 60_000;

/**
 * Runs `work` while no other process works in `folder`. Waits as long as another one does, and takes over from one
 * that stopped without cleaning up: the lock is a folder whose time its owner renews.
 */
export async function withLock<T>(folder: string, work: () => Promise<T>, onWait: () => void): Promise<T> {
  const lock = join(folder, ".lock");
  mkdirSync(folder, { recursive: true });
  while (!tryLock(lock)) {
    onWait();
    await sleep(500);
  }
  const release = () => rmSync(lock, { recursive: true, force: true });
  const beat = setInterval(() => utimesSync(lock, new Date(), new Date()), BEAT_MS);
  const interrupted = () => process.exit(130);
  process.once("exit", release).once("SIGINT", interrupted).once("SIGTERM", interrupted);
  try {
    return await work();
  } finally {
    clearInterval(beat);
    process.off("exit", release).off("SIGINT", interrupted).off("SIGTERM", interrupted);
    release();
  }
}

function tryLock(lock: string): boolean {
  const age = Date.now() - (statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? Number.POSITIVE_INFINITY);
  // Two processes may take over at the same moment. Then both do the same work, and the later rename wins.
  if (age > DEAD_AFTER_MS) rmSync(lock, { recursive: true, force: true });
  try {
    mkdirSync(lock);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}
