/** `pnpm check`: all that can be said of the repository without running its tests. */
import { parseArgs } from "node:util";

import manifest from "../package.json" with { type: "json" };
import { root } from "./build/packages.ts";
import { succeed } from "./command.ts";
import { duration } from "./duration.ts";
import { runSteps, type Step } from "./progress.ts";

/** Stages with the script of package.json that each one is; the quickest first. */
const STAGES = {
  format: "format:check",
  lint: "lint",
  types: "typecheck",
  generated: "check:generated",
  unused: "check:unused",
  dependencies: "check:dependencies",
  secrets: "check:secrets",
  duplicates: "check:duplicates",
  regexes: "check:regexes",
  api: "check:api",
  packages: "check:packages",
} as const satisfies Record<string, keyof typeof manifest.scripts>;

type Stage = keyof typeof STAGES;

const HELP = `Usage: npx pnpm@12 check [STAGE...] [--help]

Runs these stages, or all of them, and says of each how long it took. What a stage has to say is shown if it fails.

  ${Object.keys(STAGES).join(", ")}`;

interface Outcome {
  readonly stage: Stage;
  readonly ms: number;
  readonly isOk: boolean;
}

function stepOf(stage: Stage, outcomes: Outcome[]): Step {
  return {
    title: stage,
    run: async () => {
      const start = Date.now();
      let isOk = false;
      try {
        await succeed("sh", ["-c", manifest.scripts[STAGES[stage]]], { cwd: root });
        isOk = true;
      } finally {
        outcomes.push({ stage, ms: Date.now() - start, isOk });
      }
    },
  };
}

function stagesOf(names: readonly string[]): readonly Stage[] {
  const all = Object.keys(STAGES) as Stage[];
  const unknown = names.find((name) => !(name in STAGES));
  if (unknown !== undefined) throw new Error(`there is no stage ${unknown}, only ${all.join(", ")}`);
  return names.length > 0 ? all.filter((stage) => names.includes(stage)) : all;
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { help: { type: "boolean", short: "h" } },
  });
  if (values.help) {
    console.log(HELP);
    return;
  }
  const outcomes: Outcome[] = [];
  const steps = stagesOf(positionals).map((stage) => stepOf(stage, outcomes));
  await runSteps(steps, { keepGoing: true }).catch((error: Error) => console.error(`\n${error.message}`));
  const failed = outcomes.filter(({ isOk }) => !isOk).length;
  const table = outcomes.map(
    ({ stage, ms, isOk }) => `${stage.padEnd(12)} ${duration(ms).padStart(12)}  ${isOk ? "ok" : "failed"}`,
  );
  console.log(["", ...table, `${outcomes.length - failed} passed, ${failed} failed`].join("\n"));
  process.exitCode = failed > 0 ? 1 : 0;
}

main().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
