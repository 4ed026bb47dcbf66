import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate as later } from "node:timers";

import { killTree } from "./process-tree.ts";

/** A scratch folder and the programs that run in it; nothing of either stays behind. */
export interface Stage {
  readonly folder: string;
  /**
   * Runs a program to its end.
   *
   * @returns What it wrote to stdout.
   * @throws {CommandError} if it fails.
   */
  run(command: Command): Promise<string>;
}

export interface Command {
  /** What people call it. */
  readonly title: string;
  readonly program: string;
  readonly args: readonly string[];
  readonly folder: string;
  readonly env: NodeJS.ProcessEnv;
}

/** A program that failed; the message ends with what it said. */
export class CommandError extends Error {
  readonly stdout: string;
  readonly stderr: string;
  /** Its exit code; null where a signal has ended it. */
  readonly code: number | null;

  constructor(
    title: string,
    { how, code }: { readonly how: string; readonly code: number | null },
    { stdout, stderr }: { readonly stdout: string; readonly stderr: string },
  ) {
    super(`\`${title}\` ${how}:\n${(stderr.trim() || stdout.trim()).split("\n").slice(-30).join("\n")}`);
    this.stdout = stdout;
    this.stderr = stderr;
    this.code = code;
  }
}

const SIGNALS = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;

/** Does `work` on a new stage, and clears it afterwards: also when it fails, and when this process is told to end. */
export async function onStage<T>(work: (stage: Stage) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), "auditgate-demo-"));
  const running = new Set<ChildProcess>();
  const clear = () => {
    for (const { pid } of running) if (pid !== undefined) killTree(pid);
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  const stops = Object.entries(SIGNALS).map(([signal, code]) => {
    // A list on a terminal listens too: it ends this process after it has given the cursor back.
    const stop = () => {
      process.once("exit", () => (process.exitCode = code));
      later(() => process.exit(code));
    };
    process.once(signal, stop);
    return () => process.off(signal, stop);
  });
  process.once("exit", clear);
  try {
    return await work({ folder, run: (command) => run(command, running) });
  } finally {
    process.off("exit", clear);
    for (const remove of stops) remove();
    clear();
  }
}

function run({ title, program, args, folder, env }: Command, running: Set<ChildProcess>): Promise<string> {
  return new Promise((done, fail) => {
    // In a group of its own: a Ctrl-C is for this process, which ends all of it.
    const child = spawn(program, args, {
      cwd: folder,
      env,
      stdio: ["ignore", "pipe", "pipe"],
      detached: true,
    });
    running.add(child);
    const written = { stdout: "", stderr: "" };
    for (const name of ["stdout", "stderr"] as const) {
      child[name].setEncoding("utf8").on("data", (text: string) => (written[name] += text));
    }
    child.once("error", fail);
    child.once("close", (code, signal) => {
      running.delete(child);
      if (code === 0) done(written.stdout);
      else {
        const how = signal ? `was ended by ${signal}` : `failed (exit code ${code})`;
        fail(new CommandError(title, { how, code }, written));
      }
    });
  });
}
