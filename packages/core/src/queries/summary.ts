import { tryParseInstant } from "../instant.ts";

/** Earliest and latest of the times that stand under `names`, as the vendor wrote them; null if there is none. */
export function extent<Name extends string>(
  rows: readonly { readonly [name in Name]: string | null }[],
  ...names: readonly Name[]
): { readonly oldest: string | null; readonly newest: string | null } {
  let oldest: string | null = null;
  let newest: string | null = null;
  for (const row of rows) {
    for (const name of names) {
      const time: string | null = row[name];
      if (time === null) continue;
      oldest ??= time;
      newest ??= time;
      if (compareTimes(time, oldest) < 0) oldest = time;
      else if (compareTimes(time, newest) > 0) newest = time;
    }
  }
  return { oldest, newest };
}

// Length of `yyyy-mm-ddThh:mm:ss`.
const ZONE_AT = 19;

// Times of one form and zone compare as text, and so do those without a zone (DWS writes some); else as instants.
function compareTimes(a: string, b: string): number {
  if (sameForm(a, b)) return a < b ? -1 : a > b ? 1 : 0;
  const instantA = tryParseInstant(a);
  const instantB = tryParseInstant(b);
  if (instantA !== undefined && instantB !== undefined) return instantA - instantB;
  return a < b ? -1 : a > b ? 1 : 0;
}

function sameForm(a: string, b: string): boolean {
  if (a.length !== b.length) return false;
  for (let at = ZONE_AT; at < a.length; at++) if (a.charCodeAt(at) !== b.charCodeAt(at)) return false;
  return true;
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
