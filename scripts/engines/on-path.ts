import { accessSync, constants, mkdirSync, realpathSync, rmSync, statSync, symlinkSync } from "node:fs";
import { execFile } from "node:child_process";
import { devNull } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { promisify } from "node:util";

import type { Engine } from "./engine.ts";
import { engineFolder } from "./locate.ts";

const run = promisify(execFile);

/** The first executable file of this name on PATH. */
export function findOnPath(program: string): string | undefined {
  const folders = (process.env["PATH"] ?? "").split(delimiter).filter((folder) => folder !== "");
  return folders.map((folder) => join(folder, program)).find(isExecutable);
}

/** Identity of a file, which changes when another one takes its place. */
export function identityOf(path: string): string {
  const { size, mtimeMs } = statSync(path);
  return `${realpathSync(path)} ${size} ${mtimeMs}`;
}

/**
 * Asks a program for its version, where it can say it.
 *
 * @throws {Error} saying in one clause why this program won't do.
 */
export async function checkedVersion(engine: Engine, path: string): Promise<string> {
  const { onPath } = engine;
  if (onPath === undefined) return engine.version;
  // Whatever configuration this machine has, asking for a version reads none of it and calls nobody.
  const env = {
    ...process.env,
    TF_CLI_CONFIG_FILE: devNull,
    CHECKPOINT_DISABLE: "1",
    PULUMI_SKIP_UPDATE_CHECK: "true",
  };
  const { stdout } = await run(path, [onPath.versionArgument ?? "version"], { env, timeout: 60_000 }).catch(
    () => {
      throw new Error(`${path} does not run`);
    },
  );
  const version = onPath.banner.exec(stdout)?.[1];
  if (version === undefined) throw new Error(`${path} is not ${engine.title}`);
  if (!isUsable(version, onPath.minimum, onPath.anyNewer)) {
    throw new Error(`${path} is version ${version}, ${onPath.minimum} or newer is needed`);
  }
  return version;
}

/** Not older, and of the same major version unless any newer one does. Versions are `major.minor.patch`. */
export function isUsable(version: string, minimum: string, anyNewer = false): boolean {
  const [major = 0, minor = 0, patch = 0] = version.split(".").map(Number);
  const [wantedMajor = 0, wantedMinor = 0, wantedPatch = 0] = minimum.split(".").map(Number);
  if (anyNewer && major > wantedMajor) return true;
  return major === wantedMajor && (minor > wantedMinor || (minor === wantedMinor && patch >= wantedPatch));
}

/**
 * Path by which to run an engine of PATH. One that needs companions gets a folder of links, in the layout of an
 * official installation, so that its users find all of them in one `bin` wherever they really are.
 *
 * @throws {Error} saying which companion is missing.
 */
export function linkCompanions(
  engine: Engine,
  path: string,
  cache: string,
  bundled: readonly string[],
): string {
  if (engine.programs.length === 1) return path;
  const bin = join(`${engineFolder(engine, cache)}-path`, "bin");
  rmSync(bin, { recursive: true, force: true });
  mkdirSync(bin, { recursive: true });
  for (const program of engine.programs) {
    const beside = join(dirname(realpathSync(path)), program);
    const spare = bundled.find((file) => file.endsWith(`/${program}`));
    const target =
      program === engine.programs[0] ? path : isExecutable(beside) ? beside : (findOnPath(program) ?? spare);
    if (target === undefined) throw new Error(`${path} has no ${program} beside it or on PATH`);
    symlinkSync(target, join(bin, program));
  }
  return join(bin, engine.name);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
