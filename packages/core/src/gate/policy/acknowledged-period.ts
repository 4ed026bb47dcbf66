import type { Acknowledgement } from "./policy.types.ts";

const DAY_MS = 86_400_000;

/** Longest that something may be acknowledged for [days]. */
export const MOST_DAYS = 90;

type Period = Pick<Acknowledgement, "since" | "until">;

/** When an acknowledgement ends [ms since 1970-01-01 UTC]: with its last day. */
export function untilMs({ until }: Pick<Period, "until">): number {
  return Date.parse(until) + DAY_MS;
}

/** Days from the first to the last. */
export function daysOf({ since, until }: Period): number {
  return (Date.parse(until) - Date.parse(since)) / DAY_MS;
}

/** Whether a text is a day that exists: `2026-12-15`. */
export function isDay(text: string): boolean {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(text) : NaN;
  // Date.parse rolls 30 February over instead of refusing it.
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

/** Whether it ends within seven days. */
export function endsSoon(period: Pick<Period, "until">, at: number): boolean {
  return untilMs(period) - at <= 7 * DAY_MS;
}
