import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { relative, resolve } from "node:path";

const root = resolve(import.meta.dirname, "../..");

export interface Tally {
  readonly passed: number;
  readonly failed: number;
}

/** A suite as the reporter `closing-line.cjs` sends it. */
interface Suite extends Tally {
  readonly path: string;
  readonly project: string;
  /** Whether a property found one. */
  readonly counterexample: boolean;
}

/**
 * Runs both jest projects; jest writes to this terminal.
 *
 * On CI an engine suite that fails beside others runs once more alone, and its second result counts; both are shown.
 * A property that found a counterexample gets no second chance, as it would try other cases.
 *
 * @returns How many tests passed and failed. A run that ends badly without a failed test counts as one failure.
 */
export async function runJest(args: readonly string[]): Promise<Tally> {
  const first = await jest(args);
  const again = first.filter(isWorthASecondLook).map(({ path }) => path);
  if (!process.env["CI"] || again.length === 0) return tally(first);
  console.log(`\nFailed beside other suites, now alone:\n${names(again)}\n`);
  // What a failed test has left open must not keep this one process from ending.
  const second = await jest(["--runInBand", "--forceExit", "--runTestsByPath", ...again]);
  const unsteady = second.filter(({ failed }) => failed === 0).map(({ path }) => path);
  if (unsteady.length > 0) console.log(`\nUnsteady, failed at first and passed alone:\n${names(unsteady)}`);
  return tally([...first.filter(({ path }) => !again.includes(path)), ...second]);
}

function isWorthASecondLook({ project, failed, counterexample }: Suite): boolean {
  return project === "e2e" && failed > 0 && !counterexample;
}

function names(paths: readonly string[]): string {
  return paths.map((path) => `  ${relative(root, path)}`).join("\n");
}

function tally(suites: readonly Tally[]): Tally {
  const sum = (count: keyof Tally) => suites.reduce((total, suite) => total + suite[count], 0);
  return { passed: sum("passed"), failed: sum("failed") };
}

async function jest(args: readonly string[]): Promise<readonly Suite[]> {
  const bin = createRequire(import.meta.url).resolve("jest/bin/jest");
  const child = spawn(process.execPath, [bin, ...args], {
    cwd: root,
    stdio: ["inherit", "inherit", "inherit", "ipc"],
  });
  let suites: readonly Suite[] = [];
  child.on("message", (message) => {
    suites = message as readonly Suite[];
  });
  const code = await new Promise<number | null>((done, fail) => {
    child.once("error", fail);
    child.once("close", done);
  });
  if (code === 0 || tally(suites).failed > 0) return suites;
  return [...suites, { path: "", project: "", passed: 0, failed: 1, counterexample: false }];
}
