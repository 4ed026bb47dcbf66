import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { resolve } from "node:path";
import { text } from "node:stream/consumers";

/** How a run of the command line ended. */
export interface Run {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** How a run is made. */
export interface RunOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** Told the process as soon as it runs. */
  readonly begun?: (child: ChildProcess) => void;
}

const MAIN = resolve(__dirname, "../dist/main.cjs");

/** Runs `auditgate` as it is built, as a process of its own. */
export async function auditgate(
  args: readonly string[],
  { env = {}, cwd, begun }: RunOptions = {},
): Promise<Run> {
  const { PATH = "" } = process.env;
  const child = spawn(process.execPath, [MAIN, ...args], {
    env: { PATH, HOME: "/nonexistent", ...env },
    cwd,
    stdio: ["ignore", "pipe", "pipe"],
  });
  begun?.(child);
  const [[code], stdout, stderr] = await Promise.all([
    once(child, "exit") as Promise<[number | null]>,
    text(child.stdout),
    text(child.stderr),
  ]);
  return { code, stdout, stderr };
}
