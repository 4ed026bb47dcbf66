import { type ChildProcess, spawn } from "node:child_process";
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { engines } from "../../../scripts/engines/locate.ts";
import { executable } from "../../../test/forms/executable.ts";
import { form } from "../../../test/forms/runtime.ts";
import { placePackages } from "../src/install/place.ts";
import { readFiles } from "../src/package.ts";
import type { Engine } from "../src/install/engine.ts";

/** What one command of an engine did. */
export interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A configuration in a folder of its own, with an environment of its own: nothing of this machine's shows through. */
export interface Project {
  readonly folder: string;
  /** Writes a file of the configuration. */
  write(name: string, text: string): void;
  /** Writes main.tf anew: its text after the required provider. */
  rewrite(main: string): void;
  /** Runs a command to its end. */
  run(...args: string[]): Promise<Outcome>;
  /** Starts a command in a process group of its own. */
  start(...args: string[]): ChildProcess;
  /** Runs a command that must succeed, and returns its stdout. */
  succeed(...args: string[]): Promise<string>;
  /** The values in the state, by address. */
  state(): Promise<{ readonly [address: string]: StateValues }>;
  remove(): void;
}

export interface StateValues {
  readonly [attribute: string]: unknown;
}

export interface ProjectOptions {
  readonly engine: Engine;
  readonly env?: NodeJS.ProcessEnv;
  /** Text of main.tf after the required provider. */
  readonly main: string;
  /** Name of the folder. */
  readonly name?: string;
}

const REQUIRED = `terraform {
  required_providers {
    auditgate = { source = "auditgate/auditgate" }
  }
}
`;

/** A project with the provider in place, not initialised yet. */
export function createProject({ engine, env = {}, main, name = "project" }: ProjectOptions): Project {
  const scratch = realpathSync(mkdtempSync(join(tmpdir(), "auditgate-")));
  const folder = join(scratch, name);
  const temporary = join(scratch, "tmp");
  const home = join(scratch, "home");
  for (const path of [folder, temporary, home]) mkdirSync(path);
  const rewrite = (text: string) => writeFileSync(join(folder, "main.tf"), REQUIRED + text);
  rewrite(main);
  try {
    placePackages(folder, [{ platforms: [platform()], files: filesOfForm() }], { engine });
  } catch (error) {
    rmSync(scratch, { recursive: true });
    throw error;
  }
  const own = {
    PATH: [dirname(process.execPath), "/usr/bin", "/bin"].join(delimiter),
    HOME: home,
    TMPDIR: temporary,
    CHECKPOINT_DISABLE: "1",
    ...env,
  };
  const start = (args: readonly string[]) =>
    spawn(engines()[engine], args, { cwd: folder, env: own, detached: true });
  const run = (...args: string[]) => outcomeOf(start(args));
  const succeed = async (...args: string[]) => {
    const { code, stdout, stderr } = await run(...args);
    if (code !== 0) throw new Error(`${engine} ${args.join(" ")} exited with ${code}:\n${stdout}${stderr}`);
    return stdout;
  };
  return {
    folder,
    write: (file, text) => writeFileSync(join(folder, file), text),
    rewrite,
    run,
    start: (...args) => start(args),
    succeed,
    async state() {
      const shown: Shown = JSON.parse(await succeed("show", "-json"));
      const resources = shown.values?.root_module?.resources ?? [];
      return Object.fromEntries(resources.map(({ address, values }) => [address, values]));
    },
    remove: () => rmSync(scratch, { recursive: true, force: true }),
  };
}

/** The provider in the form that this run is about. */
function filesOfForm(): ReadonlyMap<string, Uint8Array> {
  if (form() !== "standalone") return readFiles();
  const folder = dirname(executable());
  return new Map(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name))]));
}

interface Shown {
  readonly values?: {
    readonly root_module?: {
      readonly resources?: readonly { readonly address: string; readonly values: StateValues }[];
    };
  };
}

/** What a started command did, once it has ended. */
export function outcomeOf(child: ChildProcess): Promise<Outcome> {
  const output = { stdout: "", stderr: "" };
  child.stdout?.on("data", (chunk: Buffer) => (output.stdout += chunk.toString()));
  child.stderr?.on("data", (chunk: Buffer) => (output.stderr += chunk.toString()));
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => resolve({ code, ...output }));
  });
}

/** Waits until `condition` holds. */
export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 10));
}

/** This machine, in the engines' words. */
export function platform(): string {
  return `${process.platform}_${process.arch === "x64" ? "amd64" : process.arch}`;
}

/** Of a command's JSON lines, the diagnostics. */
export function diagnosticsOf({ stdout }: Outcome): readonly Diagnostic[] {
  return stdout
    .split("\n")
    .filter((line) => line.startsWith("{"))
    .map((line): { readonly type: string; readonly diagnostic?: Diagnostic } => JSON.parse(line))
    .flatMap(({ diagnostic }) => (diagnostic ? [diagnostic] : []));
}

export interface Diagnostic {
  readonly severity: "error" | "warning";
  readonly summary: string;
  readonly detail: string;
  readonly address?: string;
  readonly snippet?: { readonly code: string };
}
