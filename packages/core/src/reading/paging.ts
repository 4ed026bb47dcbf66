import type { Paging } from "../queries/query.ts";

/** A stretch of a list: `limit` records from index `start`. */
export interface Range {
  readonly start: number;
  readonly limit: number;
}

/**
 * The stretch to read after the first `end` records: it begins some records before `end`, so that one look at the
 * overlap tells whether the list moved in between. Page numbers can only address multiples of `limit`; there a
 * slightly smaller limit is chosen whose pages fall right.
 *
 * @param limit - Most records of one page.
 */
export function nextRange(kind: Paging["kind"], end: number, limit: number): Range {
  const overlap = Math.min(Math.ceil(limit / 20), end);
  if (kind !== "page-number") return { start: end - overlap, limit };
  let best: Range | undefined;
  for (let size = limit; size > 0 && size >= limit * 0.75; size--) {
    const start = Math.floor((end - overlap) / size) * size;
    if (!best || start + size > best.start + best.limit) best = { start, limit: size };
  }
  if (best && best.start + best.limit > end) return best;
  return alignedRange(end, limit);
}

/** The stretch of whole pages of `limit` that holds index `end`: for lists that ignore the limit asked for. */
export function alignedRange(end: number, limit: number): Range {
  return { start: Math.floor(end / limit) * limit, limit };
}

/** Query parameters that ask for a stretch. */
export function pagingParameters(
  kind: Paging["kind"],
  { start, limit }: Range,
): readonly (readonly [string, string])[] {
  switch (kind) {
    case "none":
      return [];
    case "page-number":
      return [
        ["limit", String(limit)],
        ["offset", String(start / limit)],
      ];
    case "record-offset":
      return [
        ["limit", String(limit)],
        ["offset", String(start)],
      ];
  }
}
