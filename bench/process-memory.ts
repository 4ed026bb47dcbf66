import { type ChildProcess } from "node:child_process";
import { readFileSync } from "node:fs";

/**
 * Watches how much memory a process and all that it starts take together, until it ends.
 *
 * @returns Asked at the end, the most that was seen at once [MB]; 0 where the system does not tell.
 */
export function watchProcesses({ pid = 0 }: ChildProcess): () => number {
  let most = 0;
  const take = () => {
    const bytes = familyOf(pid).reduce((sum, each) => sum + residentOf(each), 0);
    most = Math.max(most, bytes / 1e6);
  };
  const timer = setInterval(take, 10);
  return () => {
    clearInterval(timer);
    return most;
  };
}

function familyOf(pid: number): readonly number[] {
  const children = fileOf(pid, `task/${pid}/children`).split(" ").filter(Boolean).map(Number);
  return [pid, ...children.flatMap(familyOf)];
}

/** Memory that a process has [bytes]; 0 where the system does not tell. */
export function residentOf(pid: number): number {
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(fileOf(pid, "status"))?.[1] ?? 0) * 1024;
}

// A process may end at any time.
function fileOf(pid: number, name: string): string {
  try {
    return readFileSync(`/proc/${pid}/${name}`, "utf8");
  } catch {
    return "";
  }
}
