import { spawn } from "node:child_process";
import { closeSync, mkdtempSync, openSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";

/** What a block of commands did. */
export interface Outcome {
  readonly code: number;
  readonly output: string;
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
const LOOK_MS = 50;
// Once only: what `source` returns is a failure too.
const STOP_AT_FAILURE = `trap 'code=$?; trap - ERR; return $code' ERR`;

/** @param scratch - Where the shell's own files go. */
export function openShell(scratch: string, folder: string, env: NodeJS.ProcessEnv): Shell {
  const own = mkdtempSync(join(scratch, "shell-"));
  // A file, not a pipe: Node.js in a block makes a pipe non-blocking for all who share it, and curl then loses output.
  const log = join(own, "output.txt");
  const output = openSync(log, "a");
  const child = spawn("bash", ["--noprofile", "--norc"], {
    cwd: folder,
    env,
    stdio: ["pipe", output, output],
    detached: true,
  });
  closeSync(output);
  const { stdin } = child;
  if (stdin === null) throw new Error("bash could not be started");
  const ended = new Promise<void>((done) => child.once("close", () => done()));
  let current = folder;
  let count = 0;
  let read = 0;
  const send = (line: string) => stdin.write(`${line}\n`);
  stdin.on("error", () => undefined);
  return {
    get folder() {
      return current;
    },
    async paste(block) {
      const file = join(own, `block-${++count}.sh`);
      writeFileSync(file, `${STOP_AT_FAILURE}\n${block}`);
      // A shell that a block opens reads what comes next; other commands must not.
      send(`source "${file}" ${opensShell(block) ? "" : "< /dev/null"}`);
      send(`printf '\\n${END} ${count} %s %s\\n' "$?" "$PWD"`);
      const end = new RegExp(`^${END} ${count} (\\d+) (.*)\\n`, "m");
      for (let waited = 0; waited < LONGEST_MS; waited += LOOK_MS) {
        const printed = readFileSync(log, "utf8").slice(read);
        const [whole, code, place] = end.exec(printed) ?? [];
        if (whole !== undefined && place !== undefined) {
          current = place;
          read += printed.length;
          return { code: Number(code), output: printed.replace(whole, "") };
        }
        if (child.exitCode !== null) return { code: child.exitCode || 1, output: printed };
        await wait(LOOK_MS);
      }
      throw new Error(`no end of\n${block}\n${readFileSync(log, "utf8").slice(read)}`);
    },
    async close() {
      stdin.end();
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
