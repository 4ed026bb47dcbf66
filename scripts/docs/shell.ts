import { spawn } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** What a block of commands did. */
export interface Outcome {
  readonly code: number;
  readonly output: string;
  /** Working folder after it. */
  readonly folder: string;
}

/** One shell that blocks of commands are pasted into, so that what they export, and where they go, stays. */
export interface Shell {
  /** Where the next block begins. */
  readonly folder: string;
  /** Runs a block to its end, or to its first command that fails. */
  paste(block: string): Promise<Outcome>;
  close(): Promise<void>;
}

const END = "=== end of block";
/** Longest time that a block may take; the longest is an installation over a slow network. */
const LONGEST_MS = 5 * 60_000;
const LOOK_MS = 1_000;
// Once only: what `source` returns is a failure too.
const STOP_AT_FAILURE = `trap 'code=$?; trap - ERR; return $code' ERR`;

/** @param scratch - Where the shell's own files go. */
export function openShell(scratch: string, folder: string, env: NodeJS.ProcessEnv): Shell {
  const child = spawn("bash", ["--noprofile", "--norc"], { cwd: folder, env, detached: true });
  let output = "";
  const own = mkdtempSync(join(scratch, "shell-"));
  let count = 0;
  let current = folder;
  let changed: () => void = () => undefined;
  const ended = new Promise<void>((done) => {
    child.once("close", () => {
      done();
      changed();
    });
  });
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      output += text;
      changed();
    });
  }
  const send = (line: string) => child.stdin.write(`${line}\n`);
  child.stdin.on("error", () => undefined);
  send("exec 2>&1");
  return {
    get folder() {
      return current;
    },
    async paste(block) {
      const file = join(own, `block-${++count}.sh`);
      writeFileSync(file, `${STOP_AT_FAILURE}\n${block}`);
      output = "";
      const start = Date.now();
      // A shell that a block opens reads what comes next; other commands must not.
      send(`source "${file}" ${opensShell(block) ? "" : "< /dev/null"}`);
      send(`printf '\\n${END} %s %s\\n' "$?" "$PWD"`);
      for (;;) {
        const [, code, place = current] = new RegExp(`^${END} (\\d+) (.*)$`, "m").exec(output) ?? [];
        if (code !== undefined) {
          current = place;
          return { code: Number(code), output: output.split(`\n${END}`)[0] ?? "", folder: current };
        }
        if (child.exitCode !== null) return { code: child.exitCode || 1, output, folder: current };
        if (Date.now() - start > LONGEST_MS) throw new Error(`no end of\n${block}\n${output}`);
        await new Promise<void>((next) => {
          changed = next;
          setTimeout(next, LOOK_MS).unref();
        });
      }
    },
    async close() {
      child.stdin.end();
      const timer = setTimeout(() => {
        if (child.pid !== undefined) process.kill(-child.pid, "SIGKILL");
      }, 5_000);
      await ended;
      clearTimeout(timer);
    },
  };
}

function opensShell(block: string): boolean {
  return /-- bash$/m.test(block);
}
