import type { ReadingFacts } from "./reading.types.ts";

/**
 * A reading after others of the same list: where one of them was told a total and it is told none, the end of the list
 * proves nothing, for the service can say how many records there are and does not.
 *
 * @param told - Total that the readings before it were told at last; null where they were told none.
 */
export function remembering<Reading extends Pick<ReadingFacts, "total" | "complete" | "incompleteReason">>(
  reading: Reading,
  told: number | null,
): Reading {
  if (told === null || reading.total !== null || !reading.complete) return reading;
  const incompleteReason = `no-total: the service said that there are ${told} records, and no longer says how many`;
  return { ...reading, complete: false, incompleteReason };
}
