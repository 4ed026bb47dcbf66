import { formatAcknowledged, formatViolations, type TargetVerdict } from "@auditgate/core";
import { headlineOf } from "../headline.ts";
import type { Report } from "../report.ts";

/** The verdict for the summary of a job: a table of targets, and the violations of each. */
export function markdownReport({ verdict }: Report): string {
  const { targets } = verdict;
  const rows = targets.map(
    ({ name, passed, blocking, readings, violations }) =>
      `| ${name ?? "–"} | ${passed ? "passed" : blocking ? "**closed**" : "only warns"} | ${readings.length} | ${violations.length} |`,
  );
  const table = ["| target | gate | audit trails | violations |", "| --- | --- | ---: | ---: |", ...rows];
  const heading = `## ${verdict.passed ? "The gate has passed" : verdict.blocking ? "The gate is closed" : "The gate only warns"}`;
  const parts = [heading, fenced(headlineOf(verdict)), table.join("\n"), ...targets.flatMap(violationsOf)];
  return `${parts.join("\n\n")}\n`;
}

function violationsOf(target: TargetVerdict): readonly string[] {
  const text = [formatViolations(target), formatAcknowledged(target)]
    .filter((each) => each !== "")
    .join("\n\n");
  if (text === "") return [];
  const heading = target.name === null ? [] : [`### ${target.name}`];
  return [...heading, fenced(text)];
}

/** Text in which nothing is markup, whatever it holds. */
function fenced(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}text\n${text}\n${fence}`;
}
