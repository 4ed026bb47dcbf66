import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

/** A process of `auditgate-fleet` or `auditgate`, as it is built. */
export interface Running {
  readonly child: ChildProcess;
  /** What it has written so far. */
  readonly output: { stdout: string; stderr: string };
  /** Settles once the standard error has this text, and fails where the process ends before. */
  says(text: string): Promise<void>;
  readonly ended: Promise<{ readonly code: number | null; readonly stdout: string; readonly stderr: string }>;
}

/** A folder with a policy, for coordinators and workers of one test; ends all of them with it. */
export interface Estate {
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
  write(name: string, text: string): string;
  fleet(...args: readonly string[]): Running;
  /** The same with another program, or other variables. */
  start(program: string, args: readonly string[], env?: Readonly<Record<string, string>>): Running;
  cli(...args: readonly string[]): Running;
  close(): Promise<void>;
}

export const FLEET = resolve(__dirname, "../dist/main.cjs");
const CLI = resolve(__dirname, "../../cli/dist/main.cjs");

export const KEY = "0123456789abcdef0123456789abcdef";

export function createEstate(given: Readonly<Record<string, string>>): Estate {
  const folder = mkdtempSync(join(tmpdir(), "auditgate-fleet-"));
  mkdirSync(join(folder, "runs"));
  const { PATH = "" } = process.env;
  const env = { PATH, HOME: "/nonexistent", AUDITGATE_FLEET_KEY: KEY, ...given };
  const running = new Set<ChildProcess>();
  const start: Estate["start"] = (program, args, more = {}) => {
    const child = spawn(process.execPath, [program, ...args], {
      env: { ...env, ...more },
      cwd: folder,
      stdio: ["ignore", "pipe", "pipe"],
    });
    running.add(child);
    const output = { stdout: "", stderr: "" };
    child.stdout.on("data", (chunk: Buffer) => (output.stdout += chunk.toString()));
    child.stderr.on("data", (chunk: Buffer) => (output.stderr += chunk.toString()));
    const ended = once(child, "close").then(([code]: unknown[]) => {
      running.delete(child);
      return { code: code as number | null, ...output };
    });
    return {
      child,
      output,
      ended,
      async says(text) {
        while (!output.stderr.includes(text)) {
          if (!running.has(child)) throw new Error(`ended without saying ${text}: ${output.stderr}`);
          await new Promise((done) => setTimeout(done, 20));
        }
      },
    };
  };
  return {
    folder,
    env,
    write(name, text) {
      writeFileSync(join(folder, name), text);
      return name;
    },
    start,
    fleet: (...args) => start(FLEET, args),
    cli: (...args) => start(CLI, args),
    async close() {
      const left = [...running];
      await Promise.all(
        left.map(async (child) => {
          const ended = once(child, "close");
          child.kill("SIGKILL");
          await ended;
        }),
      );
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
