import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { root } from "../build/packages.ts";
import { succeed } from "../command.ts";
import { duration } from "../duration.ts";
import { groups, LEAST_PERCENT } from "./mutation/groups.ts";
import { mutationReport, percentOf } from "./mutation/report.ts";
import { mutate, type Score } from "./mutation/run.ts";

export interface MutationOptions {
  /** Changes tried at once. */
  readonly concurrency: string;
  /** Tries all of them again. */
  readonly force: boolean;
}

/** Whether the tests notice it if a line that others rely on is changed. */
export async function testMutation(
  named: readonly string[],
  { concurrency, force }: MutationOptions,
): Promise<void> {
  const wanted = groups.filter(({ name }) => named.length === 0 || named.includes(name));
  if (wanted.length < named.length) throw new Error(`there are only the groups of --help`);
  const start = Date.now();
  const scores: Score[] = [];
  for (const group of wanted) scores.push(await mutate(group, { concurrency: Number(concurrency), force }));
  const report = mutationReport(scores);
  console.log(`\n${report}\n${duration(Date.now() - start)}`);
  if (wanted.length === groups.length) {
    writeFileSync(join(root, "docs/mutation.md"), report);
    await succeed(join(root, "node_modules/.bin/oxfmt"), ["docs/mutation.md"], { cwd: root });
  }
  if (scores.some((score) => percentOf(score) < LEAST_PERCENT))
    throw new Error(`a group is below ${LEAST_PERCENT} %`);
}
