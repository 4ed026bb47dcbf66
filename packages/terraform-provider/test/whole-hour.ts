import { setTimeout } from "node:timers/promises";

const HOUR_MS = 3_600_000;
const ENOUGH_MS = 45_000;

/** Waits for the next hour where this one is nearly over: `last` ends at whole hours, and what is read before and after differs. */
export async function awayFromWholeHour(): Promise<void> {
  const left = HOUR_MS - (Date.now() % HOUR_MS);
  if (left < ENOUGH_MS) await setTimeout(left);
}
