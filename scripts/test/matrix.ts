import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../build/packages.ts";
import { buildSteps } from "../build/steps.ts";
import { succeed } from "../command.ts";
import { duration } from "../duration.ts";
import { engineNamed } from "../engines/catalogue.ts";
import { engineSteps } from "../engines/steps.ts";
import { runSteps } from "../progress.ts";
import { type Case, tryCase } from "./matrix/case.ts";
import { cases, expectedOf } from "./matrix/expected.ts";
import { matrixReport } from "./matrix/report.ts";
import type { Outcome } from "./matrix/trial.ts";

export interface MatrixOptions {
  /** Cases tried at once. */
  readonly concurrency: string;
}

const PAGE = "docs/gate-matrix.md";

/**
 * What a closed gate holds back, tried with both engines in every place, kind and way; printed, and written for the
 * documentation.
 *
 * @throws {Error} where a case differs from what the pages say of it.
 */
export async function testMatrix({ concurrency }: MatrixOptions): Promise<void> {
  await runSteps([...buildSteps()]);
  await runSteps(engineSteps(["terraform", "tofu"].map(engineNamed)));
  const start = Date.now();
  const waiting = [...cases()];
  const tried: (readonly [Case, Outcome])[] = [];
  const work = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      tried.push([next, await tryCase(next)]);
      console.log(Object.values(next).join(" "), JSON.stringify(tried.at(-1)?.[1]));
    }
  };
  await Promise.all(Array.from({ length: Number(concurrency) }, work));
  const report = matrixReport(tried);
  console.log(`\n${report}\n${tried.length} cases in ${duration(Date.now() - start)}`);
  writeFileSync(join(root, PAGE), report);
  await succeed(join(root, "node_modules/.bin/oxfmt"), [PAGE], { cwd: root });
  const others = tried.filter(
    ([one, outcome]) => JSON.stringify(outcome) !== JSON.stringify(expectedOf(one)),
  );
  if (others.length > 0)
    throw new Error(`not as documented: ${others.map(([one]) => Object.values(one).join(" ")).join("; ")}`);
}
