import type { ReadingFacts } from "./reading.types.ts";

/**
 * A reading after others of the same list: where one of them was told a total and it is told none, the end of the list
 * proves nothing, for the service can say how many records there are and does not.
 *
 * @param told - Totals of the readings before it; null where one was told none.
 */
export function remembering<Reading extends Pick<ReadingFacts, "total" | "complete" | "incompleteReason">>(
  reading: Reading,
  told: readonly (number | null)[],
): Reading {
  const last = told.findLast((total) => total !== null);
  if (last === undefined || reading.total !== null || !reading.complete) return reading;
  const incompleteReason = `no-total: the service said that there are ${last} records, and no longer says how many`;
  return { ...reading, complete: false, incompleteReason };
}
