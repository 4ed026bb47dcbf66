/** `pnpm test:mutation`: whether the tests notice it if a line that others rely on is changed. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";

import { root } from "./build/packages.ts";
import { succeed } from "./command.ts";
import { duration } from "./duration.ts";
import { groups } from "./mutation/groups.ts";
import { mutationReport, percentOf } from "./mutation/report.ts";
import { mutate, type Score } from "./mutation/run.ts";

const LEAST_PERCENT = 85;

const HELP = `Usage: npx pnpm@12 test:mutation [GROUP...] [--concurrency N] [--force] [--help]

Changes the code of each group in small ways, one at a time, and runs the group's tests: a change that no test notices
survives. Only what has changed since the last run is tried again. Of all groups it writes docs/mutation.md. Fails where a
group notices less than ${LEAST_PERCENT} % of the changes.

  --concurrency N  changes tried at once; 1 if absent
  --force          tries all of them again

Groups: ${groups.map(({ name }) => name).join(", ")}`;

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      concurrency: { type: "string", default: "1" },
      force: { type: "boolean", default: false },
      help: { type: "boolean", short: "h" },
    },
  });
  if (values.help) {
    console.log(HELP);
    return;
  }
  const wanted = groups.filter(({ name }) => positionals.length === 0 || positionals.includes(name));
  if (wanted.length < positionals.length) throw new Error(`there are only the groups of --help`);
  const start = Date.now();
  const scores: Score[] = [];
  for (const group of wanted)
    scores.push(await mutate(group, { concurrency: Number(values.concurrency), force: values.force }));
  const report = mutationReport(scores);
  console.log(`\n${report}\n${duration(Date.now() - start)}`);
  if (wanted.length === groups.length) {
    writeFileSync(join(root, "docs/mutation.md"), report);
    await succeed(join(root, "node_modules/.bin/oxfmt"), ["docs/mutation.md"], { cwd: root });
  }
  if (scores.some((score) => percentOf(score) < LEAST_PERCENT))
    throw new Error(`a group is below ${LEAST_PERCENT} %`);
}

main().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
