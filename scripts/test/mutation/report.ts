import { execFileSync } from "node:child_process";

import { root } from "../../build/packages.ts";
import type { Score } from "./run.ts";

/** Changes that were noticed, of all that were made [%]. A test that no longer ends has noticed. */
export function percentOf({ killed, timedOut, survived, uncovered }: Score): number {
  const noticed = killed + timedOut;
  return (100 * noticed) / (noticed + survived + uncovered);
}

/** The scores in Markdown, dated by the commit they were measured on. */
export function mutationReport(scores: readonly Score[]): string {
  const rows = scores.map((score) => {
    const { group, killed, timedOut, survived, uncovered } = score;
    const files = group.mutate.filter((pattern) => !pattern.startsWith("!")).map((file) => `\`${file}\``);
    const counts = [killed + timedOut + survived + uncovered, killed, timedOut, survived, uncovered];
    return `| ${[group.name, files.join(", "), ...counts, `${percentOf(score).toFixed(1)} %`].join(" | ")} |`;
  });
  return `# Mutation testing

Written by \`npx pnpm@12 test mutation\` on commit ${commit()}. Each change is one operator, condition, text or call in the
code that decides whether a reading can be trusted; a change that no test notices survives.

| group | files | changes | noticed | never ended | survived | in no test | score |
| --- | --- | --: | --: | --: | --: | --: | --: |
${rows.join("\n")}

A change that makes the code run for ever counts as noticed. The survivors, as diffs, are in \`.stryker/GROUP/report.html\`
after a run.
`;
}

function commit(): string {
  const git = (...args: readonly string[]) => execFileSync("git", args, { cwd: root, encoding: "utf8" });
  const isClean = git("status", "--porcelain", "packages/core").trim() === "";
  const [hash = "", date = ""] = git("log", "-1", "--format=%h %cs").trim().split(" ");
  return `${hash} of ${date}${isClean ? "" : ", with changes that are not committed"}`;
}
