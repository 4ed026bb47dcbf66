/**
 * `pnpm check api`: what users can see of the packages is what `etc` says, and is documented. Fails where
 *
 *   - a report differs: read what changed, and write it with --write
 *   - an export or a member of one has no documentation
 *   - a report differs from that of the last release, and no changeset raises the version enough
 */
import { existsSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { parseArgs } from "node:util";

import { type Package, packages, root, variants } from "../build/packages.ts";
import { buildSteps } from "../build/steps.ts";
import { checkReleased } from "./api/released.ts";
import { type ApiReport, reportsOf } from "./api/report.ts";
import { runSteps, type Step } from "../progress.ts";

const folder = join(root, "etc");

function steps(write: boolean): readonly Step[] {
  const reports: ApiReport[] = [];
  return [
    ...buildSteps(),
    ...packages().map((each): Step => ({
      title: `API of ${basename(each.folder)}`,
      run: async () => {
        const own = reportsOf(each);
        const { sourcesOf } = variants[basename(each.folder)] ?? {};
        if (sourcesOf !== undefined) {
          // Its API is the original's, with other imports: one report says both.
          const differing = own.filter(
            ({ text }) => asOriginal(text, each) !== textOf(`${sourcesOf}.api.md`),
          );
          fail(differing.map(({ name }) => `${name} would not be etc/${sourcesOf}.api.md`));
          return undefined;
        }
        reports.push(...own);
        const stale = own.filter(({ name, text }) => textOf(name) !== text);
        if (write) for (const { name, text } of stale) writeFileSync(join(folder, name), text);
        fail([
          ...own.flatMap(({ problems }) => problems),
          ...(write ? [] : stale.map(({ name, text }) => difference(name, text))),
        ]);
        return write && stale.length > 0 ? `wrote ${stale.map(({ name }) => name).join(", ")}` : undefined;
      },
    })),
    {
      title: "no report of an entry point that is gone",
      run: async () => {
        const gone = globSync("*.api.md", { cwd: folder }).filter(
          (name) => !reports.some((each) => each.name === name),
        );
        if (write) for (const name of gone) rmSync(join(folder, name));
        else fail(gone.map((name) => `etc/${name} is of no entry point`));
      },
    },
    {
      title: "changesets say what changed since the last release",
      run: async () => {
        const { problems, remark } = checkReleased(reports);
        fail(problems);
        return remark;
      },
    },
  ];
}

function asOriginal(text: string, { name, alias }: Package): string {
  const { sourcesOf = "" } = variants[basename(name)] ?? {};
  return Object.entries(alias).reduce(
    (report, [from, to]) => report.replaceAll(`from '${to}'`, `from '${from}'`),
    text.replaceAll(name, `@auditgate/${sourcesOf}`),
  );
}

function textOf(name: string): string {
  const file = join(folder, name);
  return existsSync(file) ? readFileSync(file, "utf8") : "";
}

function difference(name: string, text: string): string {
  const [old, current] = [textOf(name).split("\n"), text.split("\n")];
  const lines = [
    ...old.filter((line) => !current.includes(line)).map((line) => `  - ${line}`),
    ...current.filter((line) => !old.includes(line)).map((line) => `  + ${line}`),
  ];
  return [`etc/${name} differs; if that is meant: npx pnpm@12 check api --write`, ...lines.slice(0, 20)].join(
    "\n",
  );
}

function fail(problems: readonly string[]): void {
  if (problems.length > 0) throw new Error(problems.join("\n"));
}

const { values } = parseArgs({ options: { write: { type: "boolean", default: false } } });
mkdirSync(folder, { recursive: true });
await runSteps(steps(values.write), { keepGoing: true }).catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
