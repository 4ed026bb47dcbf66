import { styleText } from "node:util";

import { harmless } from "@auditgate/core";
import CliTable from "cli-table3";

import type { Change, Outputs, Program } from "./program.ts";

const ROWS = 5;
const COLUMNS = 4;
/** Longest value in a table of so many columns. */
const LIMITS: Readonly<Record<number, number>> = { 2: 110, 3: 66 };

/** Columns two spaces apart, and no lines. */
const BARE = Object.fromEntries(
  ["top", "bottom", "left", "mid", "right"].flatMap((side) =>
    ["", "-mid", "-left", "-right"].map((part) => [`${side}${part}`, ""]),
  ),
);

/** What a program gave out: single values in one table, each list in one of its own. */
export function outputTables({ columns }: Program, outputs: Outputs): string {
  const { values, lists } = sorted(outputs);
  const shown = [...lists].map(([path, items]) => listTable(path, items, columns[path]));
  return [table(["output", "value"], values), ...shown].join("\n\n");
}

/** What changes, side by side. */
export function changeTable(changes: readonly Change[], [before, after]: readonly [string, string]): string {
  return table(
    ["output", before, after],
    changes.map((change) => [change.path, text(change.before), text(change.after)]),
  );
}

/** Single values to show in a row each, and lists of objects by path. */
function sorted(outputs: Outputs) {
  const values: string[][] = [];
  const lists = new Map<string, readonly object[]>();
  const place = (path: string, value: unknown) => {
    if (isList(value)) lists.set(path, value);
    else if (typeof value === "object" && value !== null && !Array.isArray(value)) {
      const parts = Object.entries(value);
      const single = parts.filter(([, part]) => typeof part !== "object" || part === null);
      if (single.length > 0)
        values.push([path, single.map(([name, part]) => `${name} ${text(part)}`).join(", ")]);
      for (const [name, part] of parts)
        if (!single.some(([other]) => other === name)) place(`${path}.${name}`, part);
    } else values.push([path, text(value)]);
  };
  for (const [name, value] of Object.entries(outputs)) place(name, value);
  return { values, lists };
}

function listTable(path: string, items: readonly object[], wanted?: readonly string[]): string {
  const columns = wanted ?? Object.keys(items[0] ?? {}).slice(0, COLUMNS);
  const rows = items
    .slice(0, ROWS)
    .map((item) =>
      columns.map((column) => text(Object.entries(item).find(([name]) => name === column)?.[1])),
    );
  const more = items.length > ROWS ? ` (first ${ROWS} of ${items.length})` : "";
  return `  ${styleText("bold", path)}${more}\n${table(columns, rows)}`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const drawn = new CliTable({
    head: head.map((name) => styleText("bold", name)),
    chars: { ...BARE, middle: "  ", left: "  " },
    style: { head: [], border: [], "padding-left": 0, "padding-right": 0 },
  });
  const limit = LIMITS[head.length] ?? 40;
  drawn.push(...rows.map((row) => row.map((cell) => shortened(cell, limit))));
  return drawn.toString().replaceAll(/ +$/gm, "");
}

function isList(value: unknown): value is readonly object[] {
  return Array.isArray(value) && value.length > 0 && value.every((item) => typeof item === "object");
}

/** Audit data is not ours: whatever controls a terminal is escaped. */
function text(value: unknown): string {
  if (value === undefined || value === null) return "–";
  return harmless(typeof value === "string" ? value : JSON.stringify(value));
}

function shortened(value: string, limit: number): string {
  return value.length > limit ? `${value.slice(0, limit - 1)}…` : value;
}
