/** `pnpm test`: builds, provides the engines, runs all tests. Arguments go to jest. */
import { buildSteps } from "./build/steps.ts";
import { duration } from "./duration.ts";
import { engineSteps } from "./engines/steps.ts";
import { runSteps } from "./progress.ts";
import { runJest, type Tally } from "./test/jest.ts";

const times: [stage: string, ms: number][] = [];

async function timed<T>(stage: string, work: () => Promise<T>): Promise<T> {
  const start = Date.now();
  try {
    return await work();
  } finally {
    times.push([stage, Date.now() - start]);
  }
}

async function main(args: readonly string[]): Promise<Tally> {
  try {
    await timed("build", () => runSteps(buildSteps()));
    await timed("engines", () => runSteps(engineSteps(), { keepGoing: true }));
    return await timed("tests", () => runJest(args));
  } catch (error) {
    console.error(`\n${(error as Error).message}`);
    return { passed: 0, failed: 1 };
  }
}

const { passed, failed } = await main(process.argv.slice(2));
const table = times.map(([stage, ms]) => `${stage.padEnd(8)} ${duration(ms).padStart(12)}`);
process.exitCode = failed > 0 ? 1 : 0;
console.log(["", ...table, `${passed} passed, ${failed} failed`].join("\n"));
