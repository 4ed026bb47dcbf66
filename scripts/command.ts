import { spawn } from "node:child_process";

export interface CommandOptions {
  readonly cwd: string;
  readonly env?: NodeJS.ProcessEnv;
}

/**
 * Runs a command to its end.
 *
 * @returns What it printed on stdout.
 * @throws {Error} with all that it printed, where it fails.
 */
export function succeed(command: string, args: readonly string[], options: CommandOptions): Promise<string> {
  return new Promise((done, fail) => {
    const child = spawn(command, args, { ...options, stdio: ["ignore", "pipe", "pipe"] });
    const output = { stdout: "", all: "" };
    child.stdout.on("data", (chunk: Buffer) => {
      output.stdout += chunk.toString();
      output.all += chunk.toString();
    });
    child.stderr.on("data", (chunk: Buffer) => (output.all += chunk.toString()));
    child.once("error", fail);
    child.once("close", (code) =>
      code === 0
        ? done(output.stdout)
        : fail(new Error(`${[command, ...args].join(" ")} exited with ${code}:\n${output.all}`)),
    );
  });
}

/** pnpm, as on any machine with some Node. */
export const PNPM = ["npx", "-y", "pnpm@12"] as const;
