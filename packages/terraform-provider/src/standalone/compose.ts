import { execFile } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { EXECUTABLE_FILE, HEADER_LINES, NOTICES_FILE } from "../install/package-files.ts";
import type { Runtime } from "./runtimes.ts";

const run = promisify(execFile);

/** Programs that {@link composeExecutable} needs. */
export interface Tools {
  /** Bun for this machine, which is the compiler. */
  readonly compiler: string;
  /** Bun for the platform that the executable is for. */
  readonly program: string;
  readonly runtime: Runtime;
}

/** Name of the executable for one platform, such as `linux_amd64`. */
export function executableName(platform: string): string {
  return `terraform-provider-auditgate${platform.startsWith("windows_") ? ".exe" : ""}`;
}

/**
 * Makes one executable of the provider's files and a runtime: the same bytes from the same files, wherever it is made.
 *
 * It reads no settings of the runtime from the folder where it is started: `.env` and `bunfig.toml` there belong to others.
 *
 * @param files - What {@link ../package.ts readFiles} gives.
 * @param folder - An empty folder, to work in.
 * @throws {Error} where the compiler fails, with what it said.
 */
export async function composeExecutable(
  files: ReadonlyMap<string, Uint8Array>,
  platform: string,
  { compiler, program, runtime }: Tools,
  folder: string,
): Promise<Uint8Array> {
  const source = join(folder, "source");
  mkdirSync(source, { recursive: true });
  for (const [name, content] of files) {
    if (name === NOTICES_FILE) continue;
    writeFileSync(join(source, name), name === EXECUTABLE_FILE ? withoutHeader(content) : content);
  }
  const output = executableName(platform);
  const args = [
    "build",
    "--compile",
    "--minify",
    "--bytecode",
    "--no-compile-autoload-dotenv",
    "--no-compile-autoload-bunfig",
    `--target=${runtime.target}`,
    `--compile-executable-path=${program}`,
    `--outfile=../${output}`,
    `./${EXECUTABLE_FILE}`,
  ];
  // Nothing of this machine's settings for Bun.
  const { PATH, SystemRoot, TEMP, TMPDIR } = process.env;
  const env = { PATH, SystemRoot, TEMP, TMPDIR, HOME: folder, DO_NOT_TRACK: "1" };
  await run(compiler, args, { cwd: source, env }).catch((cause: Error & { readonly stderr?: string }) => {
    throw new Error(`no executable for ${platform}: ${cause.stderr?.trim() || cause.message}`, { cause });
  });
  return readFileSync(join(folder, output));
}

// The lines for sh and for Node.js.
function withoutHeader(content: Uint8Array): string {
  return Buffer.from(content).toString("utf8").split("\n").slice(HEADER_LINES).join("\n");
}
