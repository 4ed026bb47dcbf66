import Table from "cli-table3";

import { met, type Ratio, type Result, type Row } from "../result.ts";

/** A case's result for a terminal or a log: ratios first. */
export function tableOf({ title, ratios, rows, notes }: Result): string {
  const parts = [`\n${title}\n`];
  if (ratios.length > 0) parts.push(ratioTable(ratios));
  if (rows.length > 0) parts.push(rowTable(rows));
  return [...parts, ...notes.map((note) => `- ${note}`)].join("\n");
}

const PLAIN = { style: { head: [], border: [] } };

function ratioTable(ratios: readonly Ratio[]): string {
  const table = new Table({ ...PLAIN, head: ["ratio", "median", "quartiles", "target", ""] });
  for (const ratio of ratios) {
    const { text, median, low, high, target } = ratio;
    const reached = met(ratio);
    table.push([
      text,
      number(median),
      `${number(low)} … ${number(high)}`,
      target ? `${target.bound} ${target.value}` : "",
      reached === undefined ? "" : reached ? "met" : "missed",
    ]);
  }
  return table.toString();
}

function rowTable(rows: readonly Row[]): string {
  const table = new Table({ ...PLAIN, head: ["figure", "of", "median", "quartiles", "unit", "runs"] });
  for (const { subject, what, median, low, high, unit, runs } of rows) {
    table.push([what, subject, number(median), `${number(low)} … ${number(high)}`, unit, runs]);
  }
  return table.toString();
}

export function number(value: number): string {
  if (Number.isInteger(value)) return String(value);
  return value.toFixed(Math.abs(value) < 10 ? 2 : Math.abs(value) < 100 ? 1 : 0);
}
