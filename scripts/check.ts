/** `pnpm check`: all that can be said of the repository without running its tests. */
import { spawnSync } from "node:child_process";

import { root } from "./build/packages.ts";
import { type Stage, STAGES, stagesOf } from "./check/stages.ts";
import { start } from "./command-line.ts";
import { succeed } from "./command.ts";
import { COMMANDS } from "./commands.ts";
import { duration } from "./duration.ts";
import { runSteps, type Step } from "./progress.ts";

const HELP = `
Runs these stages, or all of them, and says of each how long it took. One stage says all that it has to say; of several,
those that fail.

Stages:
${Object.entries(COMMANDS.check.parts)
  .map(([stage, about]) => `  ${stage.padEnd(13)} ${about}`)
  .join("\n")}`;

interface Options {
  readonly write?: boolean;
  readonly matrix?: boolean;
}

interface Outcome {
  readonly stage: Stage;
  readonly ms: number;
  readonly isOk: boolean;
}

async function check(names: readonly string[], options: Options): Promise<void> {
  const stages = stagesOf(names);
  const outcomes: Outcome[] = [];
  const timed = async (stage: Stage, run: (line: string) => Promise<void> | void) => {
    const begin = Date.now();
    let isOk = false;
    try {
      await run(lineOf(stage, options));
      isOk = true;
    } finally {
      outcomes.push({ stage, ms: Date.now() - begin, isOk });
    }
  };
  const [only] = stages;
  if (only !== undefined && stages.length === 1) await timed(only, shown).catch(() => undefined);
  else {
    const steps = stages.map((stage): Step => ({ title: stage, run: () => timed(stage, quiet) }));
    await runSteps(steps, { keepGoing: true }).catch((error: Error) => console.error(`\n${error.message}`));
  }
  const failed = outcomes.filter(({ isOk }) => !isOk).length;
  const table = outcomes.map(
    ({ stage, ms, isOk }) => `${stage.padEnd(12)} ${duration(ms).padStart(12)}  ${isOk ? "ok" : "failed"}`,
  );
  console.log(["", ...table, `${outcomes.length - failed} passed, ${failed} failed`].join("\n"));
  process.exitCode = failed > 0 ? 1 : 0;
}

function lineOf(stage: Stage, { write, matrix }: Options): string {
  const option = stage === "api" && write ? " --write" : stage === "packages" && matrix ? " --matrix" : "";
  return `${STAGES[stage]}${option}`;
}

async function quiet(line: string): Promise<void> {
  await succeed("sh", ["-c", line], { cwd: root });
}

function shown(line: string): void {
  const { status } = spawnSync("sh", ["-c", line], { cwd: root, stdio: "inherit" });
  if (status !== 0) throw new Error(`exited with ${status}`);
}

await start("check", {
  own: (command) =>
    command
      .argument("[stage...]")
      .option("--write", "api: writes the reports instead of comparing them")
      .option(
        "--matrix",
        "packages: installs with npm and pnpm, runs on Node.js 22 and 24, makes all executables",
      )
      .addHelpText("after", HELP)
      .action(check),
});
