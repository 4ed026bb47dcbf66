import { type Machine, machineText } from "../machine.ts";
import { met, type Result } from "../result.ts";
import { number } from "./table.ts";

/** What a run of all cases found, as a page. */
export function reportOf(machine: Machine, results: readonly Result[]): string {
  const sections = results.flatMap(({ title, ratios, rows, notes }) => [
    `## ${title}`,
    ...(ratios.length > 0
      ? [
          markdownTable(
            ["ratio", "median", "quartiles", "target", "met"],
            ratios.map((ratio) => {
              const { text, median, low, high, target } = ratio;
              const reached = met(ratio);
              return [
                text,
                number(median),
                `${number(low)} … ${number(high)}`,
                target ? `${target.bound} ${target.value}` : "",
                reached === undefined ? "" : reached ? "yes" : "no",
              ];
            }),
          ),
        ]
      : []),
    markdownTable(
      ["figure", "of", "median", "quartiles", "unit", "runs"],
      rows.map(({ what, subject, median, low, high, unit, runs }) => [
        what,
        subject,
        number(median),
        `${number(low)} … ${number(high)}`,
        unit,
        String(runs),
      ]),
    ),
    ...(notes.length > 0 ? [notes.map((note) => `- ${note}`).join("\n")] : []),
  ]);
  const head = ["# Results of the benchmark", `Written by \`npx pnpm@12 bench\`. ${machineText(machine)}.`];
  return `${[...head, "![The figures as bars](results.svg)", ...sections].join("\n\n")}\n`;
}

function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((name, column) =>
    Math.max(3, ...[name, ...rows.map((row) => row[column] ?? "")].map(({ length }) => length)),
  );
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(" | ")} |`;
  return [line(head), line(widths.map((width) => "-".repeat(width))), ...rows.map(line)].join("\n");
}
