import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { engines } from "../../../scripts/engines/locate.ts";

export type EngineName = "terraform" | "tofu";

/** How a program ended and what it wrote. */
export interface Outcome {
  readonly code: number;
  readonly stdout: string;
  /** Everything for people, in the order of the two streams. */
  readonly output: string;
}

/** A scratch folder in which programs run with nothing of this machine's configuration. */
export interface Bench {
  readonly folder: string;
  /** All variables that the programs see. */
  readonly env: Readonly<Record<string, string>>;
  /** Runs an engine in `folder`, which is the bench's own or one below it. */
  engine(name: EngineName, folder: string, ...args: readonly string[]): Promise<Outcome>;
  /** Runs a program of this repository, as `node <file>` reads it from source. */
  node(file: string, folder: string): Promise<Outcome>;
  /** Variables for the programs from now on. */
  set(variables: Readonly<Record<string, string>>): void;
  remove(): void;
}

export function createBench(variables: Readonly<Record<string, string>>): Bench {
  const folder = mkdtempSync(join(tmpdir(), "auditgate cdktf-"));
  const home = join(folder, "home");
  mkdirSync(home);
  const env: Record<string, string> = {
    PATH: [dirname(process.execPath), dirname(engines().terraform), "/usr/bin", "/bin"].join(delimiter),
    HOME: home,
    CHECKPOINT_DISABLE: "1",
    TF_IN_AUTOMATION: "1",
    TF_CLI_ARGS: "-no-color",
    ...variables,
  };
  return {
    folder,
    env,
    engine: (name, where, ...args) => run(engines()[name], args, where, env),
    node: (file, where) => run(process.execPath, ["--conditions=@auditgate/source", file], where, env),
    set: (more) => void Object.assign(env, more),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function run(
  program: string,
  args: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string>>,
): Promise<Outcome> {
  return new Promise((done, fail) => {
    execFile(program, args, { cwd, env, maxBuffer: 2 ** 28 }, (error, stdout, stderr) => {
      if (error !== null && typeof error.code !== "number") fail(error);
      else done({ code: error === null ? 0 : Number(error.code), stdout, output: stdout + stderr });
    });
  });
}

/** @throws {Error} with all that was written, unless the program ended well. */
export async function succeeded(running: Promise<Outcome>): Promise<Outcome> {
  const outcome = await running;
  if (outcome.code !== 0) throw new Error(`exit code ${outcome.code}\n${outcome.output}`);
  return outcome;
}

/** Values of the outputs in `terraform output -json`. */
export function outputsOf({ stdout }: Outcome): Readonly<Record<string, unknown>> {
  const outputs = JSON.parse(stdout) as Record<string, { readonly value: unknown }>;
  return Object.fromEntries(Object.entries(outputs).map(([name, { value }]) => [name, value]));
}
