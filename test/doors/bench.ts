import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";

import { unzipSync } from "fflate";

export type Env = Readonly<Record<string, string>>;

/** How a program ended, and all that it wrote. */
export interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly output: string;
}

/** A scratch folder in which programs see nothing of this machine's configuration. */
export interface Bench {
  readonly folder: string;
  /** What every program sees. */
  readonly env: Env;
  /** Runs a program to its end, in the folder of this name below the bench's. */
  run(
    program: string,
    args: readonly string[],
    where?: { readonly folder?: string; readonly env?: Env },
  ): Promise<Outcome>;
  /** As `run`, for what must succeed. */
  succeed(...command: Parameters<Bench["run"]>): Promise<string>;
  /** Content of every file below the folder, by path; a saved plan is an archive, so its parts count as files. */
  files(): Map<string, Buffer>;
  remove(): void;
}

export function createBench(env: Env): Bench {
  const scratch = mkdtempSync(join(tmpdir(), "auditgate-doors-"));
  for (const name of ["home", "work"]) mkdirSync(join(scratch, name));
  const base = {
    PATH: [dirname(process.execPath), "/usr/bin", "/bin"].join(delimiter),
    HOME: join(scratch, "home"),
    ...env,
  };
  const run: Bench["run"] = (program, args, { folder = "", env: more = {} } = {}) =>
    new Promise((done, fail) => {
      const options = { cwd: join(scratch, "work", folder), env: { ...base, ...more }, maxBuffer: 2 ** 28 };
      execFile(program, args, options, (error, stdout, stderr) => {
        if (error !== null && typeof error.code !== "number") fail(error);
        else done({ code: Number(error?.code ?? 0), stdout, output: stdout + stderr });
      });
    });
  return {
    folder: join(scratch, "work"),
    env: base,
    run,
    succeed: async (...command) => {
      const { code, stdout, output } = await run(...command);
      if (code !== 0)
        throw new Error(`${command[0]} ${command[1].join(" ")} exited with ${code}:\n${output}`);
      return stdout;
    },
    files: () => {
      // What is installed there is linked from elsewhere.
      const paths = readdirSync(scratch, { recursive: true, encoding: "utf8" })
        .filter((name) => !name.includes("node_modules"))
        .map((name) => join(scratch, name));
      const files = paths.filter((path) => statSync(path, { throwIfNoEntry: false })?.isFile());
      return new Map(files.flatMap((path) => unpacked(path, readFileSync(path))));
    },
    remove: () => rmSync(scratch, { recursive: true, force: true, maxRetries: 3 }),
  };
}

function unpacked(path: string, content: Buffer): [path: string, content: Buffer][] {
  if (!path.endsWith(".plan")) return [[path, content]];
  return Object.entries(unzipSync(content)).map(([name, part]) => [join(path, name), Buffer.from(part)]);
}
