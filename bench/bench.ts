/** `pnpm bench`: how fast auditgate is, against peers and against what is possible. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";

import { buildSteps } from "../scripts/build/steps.ts";
import { start } from "../scripts/command-line.ts";
import { runSteps, type Step } from "../scripts/progress.ts";
import { cliCase } from "./cases/cli.ts";
import { fleetCase } from "./cases/fleet.ts";
import { gateCase } from "./cases/gate.ts";
import { pulumiCase } from "./cases/pulumi.ts";
import { readCase } from "./cases/read.ts";
import { serverCase } from "./cases/server.ts";
import { sizeCase } from "./cases/size.ts";
import { stacksCase } from "./cases/stacks.ts";
import { startCase } from "./cases/start.ts";
import { streamCase } from "./cases/stream.ts";
import { terraformCase } from "./cases/terraform.ts";
import { describeMachine, type Machine, machineText } from "./machine.ts";
import { reportOf } from "./report/report.ts";
import { type Case, met, type Result } from "./result.ts";
import { svgOf } from "./report/svg.ts";
import { tableOf } from "./report/table.ts";

const CASES: readonly Case[] = [
  readCase,
  streamCase,
  startCase,
  cliCase,
  terraformCase,
  pulumiCase,
  gateCase,
  fleetCase,
  sizeCase,
  serverCase,
  stacksCase,
];
const RESULTS = join(import.meta.dirname, "results");

const HELP = `
Measures auditgate against its peers and against what is possible, in runs that take turns. Without names all cases.

${CASES.map(({ name, about, runs }) => `  ${name.padEnd(10)} ${about} (${runs} runs)`).join("\n")}

Builds what changed first. Peers (the official SDKs, a Go provider) come from their registries into the cache folder
beside the engines; one that cannot be had is left out, and the result says so.`;

interface Options {
  readonly runs?: string;
  readonly out?: string;
  readonly smoke: boolean;
}

async function bench(names: readonly string[], options: Options): Promise<void> {
  const { smoke } = options;
  const asked = options.runs === undefined ? undefined : wholeNumber(options.runs);
  const cases = names.length > 0 ? names.map(caseNamed) : CASES;
  if (!smoke) await runSteps(buildSteps());
  const machine = describeMachine();
  const results: Record<string, Result> = {};
  const steps = cases.map((each): Step => ({
    title: each.name,
    async run(report) {
      const result = await each.run({ runs: asked ?? (smoke ? 1 : each.runs), smoke, report });
      results[each.name] = result;
      return smoke ? `${result.rows.length} figures` : summaryOf(result);
    },
  }));
  const out = options.out ?? (cases === CASES && !smoke ? RESULTS : undefined);
  try {
    await runSteps(steps, { keepGoing: true });
  } finally {
    // What was measured is told also where a case failed.
    if (!smoke) for (const result of Object.values(results)) console.log(tableOf(result));
    console.log(`\n${machineText(machine)}`);
    if (out !== undefined) writeResults(out, machine, results);
  }
}

function writeResults(out: string, machine: Machine, results: Readonly<Record<string, Result>>): void {
  mkdirSync(resolve(out), { recursive: true });
  const charts = Object.values(results).flatMap((result) => result.charts);
  writeFileSync(join(out, "results.json"), `${JSON.stringify({ machine, results }, null, 2)}\n`);
  writeFileSync(join(out, "results.md"), reportOf(machine, Object.values(results)));
  writeFileSync(join(out, "results.svg"), svgOf(charts, machineText(machine)));
}

function summaryOf({ ratios }: Result): string {
  const reached = ratios.map(met).filter((each) => each !== undefined);
  return reached.length === 0 ? "" : `${reached.filter(Boolean).length} of ${reached.length} targets met`;
}

function caseNamed(name: string): Case {
  const found = CASES.find((each) => each.name === name);
  if (found) return found;
  throw new Error(`There is no case ${name}; there are ${CASES.map((each) => each.name).join(", ")}.`);
}

function wholeNumber(text: string): number {
  const value = Number(text);
  if (Number.isSafeInteger(value) && value > 0) return value;
  throw new Error(`--runs must be a whole number above 0, not ${text}.`);
}

await start("bench", {
  own: (command) =>
    command
      .argument("[case...]")
      .option("--runs <n>", "so many runs of each subject instead")
      .option(
        "--out <folder>",
        `where results.json, results.md and results.svg go; if absent, ${relative(process.cwd(), RESULTS)} after a run of all cases, and nowhere after others`,
      )
      .option(
        "--smoke",
        "one run with tiny sizes and without peers: shows that everything works, and nothing else",
        false,
      )
      .addHelpText("after", HELP)
      .action(bench),
});
