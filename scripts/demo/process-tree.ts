import { spawnSync } from "node:child_process";

/**
 * Ends a process that this one started, and everything it started, at once.
 *
 * Pulumi starts its language host and providers in process groups of their own, and they outlive it when it is killed:
 * so the tree is taken down from the bottom, while its root is stopped and cannot start more.
 */
export function killTree(root: number): void {
  signal(root, "SIGSTOP");
  for (let living = below(root); living.length > 0; living = below(root)) {
    for (const id of living) signal(id, "SIGKILL");
  }
  signal(root, "SIGKILL");
}

/** Ids of the living processes below `root`. */
function below(root: number): number[] {
  const { stdout } = spawnSync("ps", ["-A", "-o", "pid=,ppid=,stat="], { encoding: "utf8" });
  const living = (stdout ?? "")
    .split("\n")
    .map((line) => line.trim().split(/\s+/))
    .filter(([, , state]) => state !== undefined && !state.startsWith("Z"))
    .map(([id, parent]) => ({ id: Number(id), parent: Number(parent) }));
  const found = [root];
  // Grows while it is walked, down to the leaves.
  for (const parent of found) {
    found.push(...living.filter((each) => each.parent === parent).map(({ id }) => id));
  }
  return found.slice(1);
}

function signal(id: number, name: "SIGSTOP" | "SIGKILL"): void {
  try {
    process.kill(id, name);
  } catch {
    // It has ended by itself.
  }
}
