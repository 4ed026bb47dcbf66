import { spawn } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";

/** Where a program runs. */
export interface Place {
  readonly cwd?: string;
  /** All variables it sees; this process's if absent. */
  readonly env?: Readonly<Record<string, string>>;
}

/**
 * Runs a program to its end.
 *
 * @returns What it wrote to stdout.
 * @throws {Error} with what it wrote, if it fails.
 */
export async function run(
  program: string,
  args: readonly string[],
  { cwd, env }: Place = {},
): Promise<string> {
  const child = spawn(program, args, {
    stdio: ["ignore", "pipe", "pipe"],
    ...(cwd !== undefined && { cwd }),
    ...(env && { env }),
  });
  const stop = () => child.kill();
  process.once("exit", stop);
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  try {
    const code = await new Promise<number | null>((done, fail) => {
      child.once("error", fail);
      child.once("close", done);
    });
    if (code === 0) return stdout;
    throw new Error(`${program} ${args.join(" ")} ended with ${code}:\n${(stdout + stderr).slice(-4000)}`);
  } finally {
    process.off("exit", stop);
  }
}

/** As {@link run}; returns how long it took [ms]. */
export async function time(program: string, args: readonly string[], place: Place): Promise<number> {
  const started = performance.now();
  await run(program, args, place);
  return performance.now() - started;
}

/** Runs a program that prints its figures as one object in JSON. */
export async function figuresOf(
  program: string,
  args: readonly string[],
  place: Place,
): Promise<Readonly<Record<string, number>>> {
  return JSON.parse(await run(program, args, place)) as Readonly<Record<string, number>>;
}

/** A scratch folder. */
export interface Scratch {
  readonly folder: string;
  remove(): void;
}

export function scratch(): Scratch {
  const folder = mkdtempSync(join(tmpdir(), "auditgate-bench-"));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }) };
}

const packages = resolve(import.meta.dirname, "../packages");

/** Our packages that programs import, and what those need that is not their dependency. */
const INSTALLED: readonly (readonly [folder: string, peers: readonly string[]])[] = [
  ["core", []],
  ["cli", []],
  ["fleet", []],
  ["pulumi-provider", ["@pulumi/pulumi"]],
  ["terraform-provider", []],
  ["cdktf-constructs", ["cdktf", "constructs"]],
];

/**
 * A scratch folder with the programs of `programs/` and what they import, as users have it: the built packages, copied, so
 * that no build disturbs them, and beside them what these depend on.
 */
export function programsFolder(): Scratch {
  const created = scratch();
  cpSync(join(import.meta.dirname, "programs"), created.folder, { recursive: true });
  const modules = join(created.folder, "node_modules");
  for (const [folder, peers] of INSTALLED) {
    const source = join(packages, folder);
    const manifest = JSON.parse(readFileSync(join(source, "package.json"), "utf8")) as Manifest;
    for (const part of ["package.json", "dist"]) {
      cpSync(join(source, part), join(modules, manifest.name, part), { recursive: true });
    }
    const needed = [...Object.keys(manifest.dependencies), ...peers];
    for (const name of needed.filter((each) => !each.startsWith("@auditgate/"))) {
      const link = join(modules, name);
      if (existsSync(link)) continue;
      mkdirSync(dirname(link), { recursive: true });
      symlinkSync(realpathSync(join(source, "node_modules", name)), link);
    }
  }
  return created;
}

interface Manifest {
  readonly name: string;
  readonly dependencies: Readonly<Record<string, string>>;
}

/** Variables for programs: nothing of this machine's but the path to Node. */
export function plainEnvironment(more: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return { PATH: `${dirname(process.execPath)}:/usr/bin:/bin`, HOME: tmpdir(), ...more };
}
