import type { Rows } from "./generated-rows.ts";
import type { Conventions } from "../http/request.ts";
import type { State } from "../data/state.ts";

interface Memory {
  version: number;
  length: number;
  answers: Map<string, Rows<unknown>>;
}

const memories = new WeakMap<object, Memory>();

/**
 * Keeps what a query selected from `list`, so that its further pages are slices. Forgotten when the data changes, also
 * when records were added or removed behind our back.
 */
export function remembered<Row>(
  state: State,
  list: object,
  query: string,
  select: () => Rows<Row>,
): Rows<Row> {
  const length = Array.isArray(list) ? list.length : 0;
  let memory = memories.get(list);
  if (memory === undefined || memory.version !== state.version || memory.length !== length) {
    memory = { version: state.version, length, answers: new Map() };
    memories.set(list, memory);
  }
  const known = memory.answers.get(query);
  if (known !== undefined) return known as Rows<Row>;
  if (memory.answers.size >= 64) memory.answers.clear();
  const rows = select();
  memory.answers.set(query, rows);
  return rows;
}

/** The records in the asked order; equal times keep the order of the data. */
export function ordered<Row>(
  rows: Rows<Row>,
  order: Conventions["order"],
  timeOf: (row: Row) => number,
): Rows<Row> {
  if (order === "as-is") return rows;
  const sign = order === "newest" ? -1 : 1;
  return rows.slice(0, rows.length).toSorted((a, b) => sign * (timeOf(a) - timeOf(b)));
}
