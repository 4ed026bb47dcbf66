import { tryParseInstant } from "./instant.ts";

/** Earliest and latest of the times that `timesOf` finds, as the vendor wrote them; null if there is none. */
export function extent<Row>(
  rows: readonly Row[],
  timesOf: (row: Row) => readonly (string | null)[],
): { readonly oldest: string | null; readonly newest: string | null } {
  let oldest: string | null = null;
  let newest: string | null = null;
  for (const row of rows) {
    for (const time of timesOf(row)) {
      if (time === null) continue;
      if (oldest === null || compareTimes(time, oldest) < 0) oldest = time;
      if (newest === null || compareTimes(time, newest) > 0) newest = time;
    }
  }
  return { oldest, newest };
}

// Length of `yyyy-mm-ddThh:mm:ss`.
const ZONE_AT = 19;

// Times of one form and zone compare as text, and so do those without a zone (DWS writes some); else as instants.
function compareTimes(a: string, b: string): number {
  if (a.length === b.length && a.endsWith(b.slice(ZONE_AT), a.length)) return a < b ? -1 : a > b ? 1 : 0;
  const instantA = tryParseInstant(a);
  const instantB = tryParseInstant(b);
  if (instantA !== undefined && instantB !== undefined) return instantA - instantB;
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Rows per key, in the order of the key's text; null last. */
export function groupBy<Row>(
  rows: readonly Row[],
  keyOf: (row: Row) => string | null,
): readonly (readonly [key: string | null, rows: readonly Row[]])[] {
  const groups = new Map<string | null, Row[]>();
  for (const row of rows) {
    const key = keyOf(row);
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  return [...groups].toSorted(([a], [b]) =>
    a === b ? 0 : a === null ? 1 : b === null ? -1 : a < b ? -1 : 1,
  );
}

/** Number of rows per key, in the order of {@link groupBy}. */
export function countBy<Row>(
  rows: readonly Row[],
  keyOf: (row: Row) => string | null,
): readonly (readonly [key: string | null, count: number])[] {
  return groupBy(rows, keyOf).map(([key, group]) => [key, group.length]);
}
