import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { type Runtime, RUNTIME_VERSION } from "./runtimes.ts";

const run = promisify(execFile);

/**
 * Fetches a runtime with npm, from the registry and through the proxy that npm is set up for, or from npm's own cache.
 *
 * @param folder - A folder of its own for it.
 * @returns Path of the program.
 * @throws {Error} where npm cannot be started or fetches nothing, or what it fetched is not what was pinned.
 */
export async function fetchRuntime(runtime: Runtime, folder: string): Promise<string> {
  mkdirSync(folder, { recursive: true });
  const name = `${runtime.package}@${RUNTIME_VERSION}`;
  const args = ["pack", name, "--pack-destination", folder, "--prefer-offline", "--silent"];
  // On Windows npm is a script, which needs a shell; what stands in the arguments is ours.
  const isScript = process.platform === "win32";
  await run("npm", args, { cwd: folder, shell: isScript, encoding: "utf8" }).catch((cause: Error) => {
    throw new Error(`npm did not fetch ${name}: ${reasonIn(cause)}`, { cause });
  });
  const archive = readdirSync(folder).find((file) => file.endsWith(".tgz"));
  if (archive === undefined) throw new Error(`npm fetched no archive of ${name}`);
  const bytes = readFileSync(join(folder, archive));
  const integrity = `sha512-${createHash("sha512").update(bytes).digest("base64")}`;
  if (integrity !== runtime.integrity)
    throw new Error(
      `${name} is not the package that was pinned: ${integrity} instead of ${runtime.integrity}`,
    );
  await run("tar", ["-xzf", archive, `package/${runtime.program}`], { cwd: folder });
  return join(folder, "package", runtime.program);
}

function reasonIn(error: Error & { readonly code?: unknown; readonly stderr?: string }): string {
  if (error.code === "ENOENT") return "there is no npm on the PATH";
  return error.stderr?.trim().split("\n").at(-1) || error.message;
}
