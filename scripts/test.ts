/** `pnpm test`: builds, provides the engines, runs all tests. */
import { type Command, Option } from "commander";

import { buildSteps } from "./build/steps.ts";
import { start } from "./command-line.ts";
import { duration } from "./duration.ts";
import { ENGINE_SETS, type EngineSet, SET_VARIABLE } from "./engines/catalogue.ts";
import { engineSteps } from "./engines/steps.ts";
import { runSteps } from "./progress.ts";
import { testCanaries } from "./test/canaries.ts";
import { runJest, runPart, type Tally } from "./test/jest.ts";
import { testFleet } from "./test/fleet.ts";
import { testLoad } from "./test/load.ts";
import type { SettingsOptions } from "./test/settings.ts";
import type { MatrixOptions } from "./test/matrix.ts";
import type { MutationOptions } from "./test/mutation.ts";
import { MUTATION_HELP } from "./test/mutation/groups.ts";
import { ENGINE_SUITES } from "./test/engine-suites.ts";
import { testProperties } from "./test/property-suites.ts";

const times: [stage: string, ms: number][] = [];

async function timed<T>(stage: string, work: () => Promise<T>): Promise<T> {
  const start = Date.now();
  try {
    return await work();
  } finally {
    times.push([stage, Date.now() - start]);
  }
}

async function prepareAndRun(args: readonly string[]): Promise<Tally> {
  try {
    await timed("build", () => runSteps(buildSteps()));
    await timed("engines", () => runSteps(engineSteps(), { keepGoing: true }));
    return await timed("tests", () => runJest(args));
  } catch (error) {
    console.error(`\n${(error as Error).message}`);
    return { passed: 0, failed: 1 };
  }
}

/** Arguments that are no option of ours are jest's, in the order in which they came. */
async function testAll(
  _: readonly string[],
  { engines }: { readonly engines?: EngineSet },
  { args }: Command,
): Promise<void> {
  if (engines) process.env[SET_VARIABLE] = engines;
  const { passed, failed } = await prepareAndRun(
    engines && args.length === 0 ? ENGINE_SUITES[engines] : args,
  );
  const table = times.map(([stage, ms]) => `${stage.padEnd(8)} ${duration(ms).padStart(12)}`);
  process.exitCode = failed > 0 ? 1 : 0;
  console.log(["", ...table, `${passed} passed, ${failed} failed`].join("\n"));
}

async function testUnit(_: readonly string[], __: object, { args }: Command): Promise<void> {
  // Last, for it takes every word behind it.
  await runPart([...args, "--selectProjects", "unit"]);
}

const forJest = (command: Command) =>
  command.argument("[jest...]", "patterns and options of jest").allowUnknownOption();

// What takes long to load is loaded by the part that needs it.
await start("test", {
  own: (command) =>
    forJest(command)
      .addOption(
        new Option(
          "--engines <set>",
          "engines in the oldest versions that are supported, or the newest that can be had, and the suites of what these can",
        ).choices(ENGINE_SETS),
      )
      .action(testAll),
  parts: {
    unit: (command) => forJest(command).action(testUnit),
    properties: (command) =>
      command.option("--runs <n>", "cases of each property", "100000").action(testProperties),
    load: (command) => command.option("--records <n>", "how many", "1000000").action(testLoad),
    settings: (command) =>
      command
        .option("--runs <n>", "cases of each kind", "10000")
        .option("--record", "writes the cases of every test run anew", false)
        .action(async (options: SettingsOptions) =>
          (await import("./test/settings.ts")).testSettings(options),
        ),
    matrix: (command) =>
      command
        .option("--concurrency <n>", "cases tried at once", "2")
        .action(async (options: MatrixOptions) => (await import("./test/matrix.ts")).testMatrix(options)),
    canaries: (command) => command.action(testCanaries),
    fleet: (command) => command.action(testFleet),
    clients: (command) => command.action(async () => (await import("../bench/clients.ts")).testClients()),
    mutation: (command) =>
      command
        .argument("[group...]")
        .option("--concurrency <n>", "changes tried at once", "1")
        .option("--force", "tries all of them again", false)
        .addHelpText("after", MUTATION_HELP)
        .action(async (groups: string[], options: MutationOptions) =>
          (await import("./test/mutation.ts")).testMutation(groups, options),
        ),
  },
});
