import { execFile } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Emulator } from "@auditgate/emulator";
import { engines } from "../../../scripts/engines/locate.ts";
import { packageFolder } from "./package.ts";
import type { Scratch } from "./stack.ts";

const run = promisify(execFile);
const examples = join(packageFolder, "../../examples");

/** A copy, so that the stack's own files are not left in the repository; its packages are the linked ones. */
export function copyOf(at: Scratch, name: string): string {
  const source = join(examples, name);
  const folder = join(at.folder, name);
  mkdirSync(folder);
  for (const file of readdirSync(source)) {
    if (file === "node_modules") symlinkSync(join(source, file), join(folder, file));
    else if (!/^Pulumi\..+\.yaml$/.test(file))
      cpSync(join(source, file), join(folder, file), { recursive: true });
  }
  return folder;
}

export type Result = { readonly stdout: string; readonly stderr: string; readonly code: number };
export type Shell = (cwd: string, command: string, args: readonly string[], env?: object) => Promise<Result>;

/** Runs commands as a user does, with the engines on PATH. */
export function shellWith(at: Scratch, emulator: Emulator): Shell {
  return (cwd, command, args, env = {}) => {
    const PATH = `${join(engines().pulumiRoot, "bin")}:${process.env["PATH"]}`;
    const options = { cwd, env: { ...process.env, ...at.env, ...emulator.env, PATH, ...env } };
    return run(command, args, options).then(
      ({ stdout, stderr }) => ({ stdout, stderr, code: 0 }),
      ({ stdout, stderr, code }: Result) => ({ stdout, stderr, code }),
    );
  };
}
