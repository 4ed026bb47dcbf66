import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { resolve } from "node:path";

const root = resolve(import.meta.dirname, "../..");

export interface Tally {
  readonly passed: number;
  readonly failed: number;
}

/** Runs jest, says how many tests passed and failed, and fails with them. */
export async function runPart(args: readonly string[]): Promise<void> {
  const { passed, failed } = await runJest(args);
  console.log(`${passed} passed, ${failed} failed`);
  if (failed > 0) process.exitCode = 1;
}

/**
 * Runs both jest projects; jest writes to this terminal.
 *
 * @returns How many tests passed and failed. A run that ends badly without a failed test counts as one failure.
 */
export async function runJest(args: readonly string[]): Promise<Tally> {
  const jest = createRequire(import.meta.url).resolve("jest/bin/jest");
  const child = spawn(process.execPath, [jest, ...args], {
    cwd: root,
    stdio: ["inherit", "inherit", "inherit", "ipc"],
  });
  let tally: Tally = { passed: 0, failed: 0 };
  child.on("message", (message) => {
    tally = message as Tally;
  });
  const code = await new Promise<number | null>((done, fail) => {
    child.once("error", fail);
    child.once("close", done);
  });
  return code === 0 ? tally : { ...tally, failed: Math.max(tally.failed, 1) };
}
