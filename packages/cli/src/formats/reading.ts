import { jsonText } from "./json-text.ts";
import { fieldsOf, harmless, type Reading } from "@auditgate/core";
import Table from "cli-table3";
import { stringify } from "csv-stringify/sync";

/** Forms in which a reading can be written. */
export const READING_FORMATS = ["table", "json", "ndjson", "csv"] as const;

/** One of {@link READING_FORMATS}. */
export type ReadingFormat = (typeof READING_FORMATS)[number];

interface Declared {
  readonly name: string;
  readonly record: Parameters<typeof fieldsOf>[0];
}

/** The records of a reading; as JSON with all that is known about it. */
export function renderReading(
  format: ReadingFormat,
  query: Declared,
  reading: Reading<object, unknown>,
): string {
  const { requestIds: _, ...facts } = reading;
  switch (format) {
    case "json":
      return jsonText({ query: query.name, ...facts });
    case "ndjson":
      return reading.records.map((record) => `${JSON.stringify(record)}\n`).join("");
    case "csv":
      // A spreadsheet takes what begins with = + - or @ for a formula.
      return stringify(rowsOf(query, reading), {
        header: true,
        columns: [...columnsOf(query)],
        escape_formulas: true,
      });
    case "table":
      return tableOf(query, reading);
  }
}

function tableOf(query: Declared, reading: Reading<object, unknown>): string {
  const table = new Table({ head: [...columnsOf(query)], style: { head: [], border: [] } });
  for (const row of rowsOf(query, reading)) table.push(row.map(harmless));
  const count = `${reading.records.length} record${reading.records.length === 1 ? "" : "s"}`;
  return `${table.toString()}\n${count}${reading.complete ? "" : ", not complete"}\n`;
}

function columnsOf({ record }: Declared): readonly string[] {
  return fieldsOf(record).map(({ name }) => name);
}

function rowsOf(query: Declared, { records }: Reading<object, unknown>): string[][] {
  const columns = columnsOf(query);
  return records.map((record) => columns.map((column) => textOf(Reflect.get(record, column))));
}

function textOf(value: unknown): string {
  if (value === null || value === undefined) return "";
  return typeof value === "string" ? value : JSON.stringify(value);
}
