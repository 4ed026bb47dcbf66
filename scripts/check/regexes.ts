/** `pnpm check regexes`: no regular expression of a package takes longer than linear time on any text. */
import { globSync, readFileSync } from "node:fs";
import { resolve } from "node:path";

import { checkSync, type Parameters } from "recheck";

import { type Literal, literalsIn } from "./regexes/literals.ts";

// Plain JavaScript, so that it runs on every machine.
process.env["RECHECK_SYNC_BACKEND"] = "pure";

const root = resolve(import.meta.dirname, "../..");
const LIMITS: Parameters = {
  timeout: 120_000,
  // By steps, not by time: the verdict is to be the same on a busy machine.
  attackTimeout: null,
  incubationTimeout: null,
  seedingTimeout: null,
};

/** What is wrong with it; undefined if it is safe. */
function problemOf({ source, flags }: Literal): string | undefined {
  const result = checkSync(source, flags, LIMITS);
  if (result.status === "safe") return undefined;
  if (result.status === "unknown") return `could not be judged: ${result.error.kind}`;
  return `${result.complexity.summary}, as on ${result.attack.pattern}`;
}

const files = globSync("packages/*/src/**/*.ts", { cwd: root })
  .filter((file) => !file.endsWith(".test.ts"))
  .toSorted();
const found = files.flatMap((file) =>
  literalsIn(file, readFileSync(resolve(root, file), "utf8")).map((literal) => ({ file, literal })),
);
const problems = found.flatMap(({ file, literal }) => {
  const problem = problemOf(literal);
  return problem ? [`${file}:${literal.line}: /${literal.source}/${literal.flags} ${problem}`] : [];
});
for (const problem of problems) console.error(problem);
console.log(`${found.length} regular expressions in ${files.length} files, ${problems.length} not safe`);
process.exitCode = problems.length > 0 ? 1 : 0;
