import { spawn } from "node:child_process";
import { once } from "node:events";
import { constants } from "node:os";
import { whenNpxEnds } from "./parent.ts";

/**
 * Runs a program on this terminal, with variables beside those of this process.
 *
 * @returns Its exit code, or 128 and the signal that ended it.
 * @throws Where it cannot be started.
 */
export async function runProgram(
  [program = "", ...args]: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<number> {
  // npx tells its programs what it was asked for; a further npx in this one would take that for its own.
  const { npm_config_package: _, npm_config_call: __, ...kept } = process.env;
  const child = spawn(program, args, { stdio: "inherit", env: { ...kept, ...env } });
  // A Ctrl-C reaches the program too, and whether that ends it is its own affair.
  process.on("SIGINT", () => undefined);
  process.once("SIGTERM", () => child.kill("SIGTERM"));
  whenNpxEnds(() => child.kill("SIGTERM"));
  const [code, signal] = (await once(child, "exit")) as [number | null, NodeJS.Signals | null];
  return signal === null ? (code ?? 1) : 128 + constants.signals[signal];
}
