import { tryParseHttpDate } from "../instant.ts";

/** The machine's clock, corrected by the service's where that turned out to be needed. */
export interface Clock {
  /** Milliseconds since 1970-01-01 UTC. */
  now(): number;
  /** Service's time minus machine's [ms]. */
  readonly offsetMs: number;
  /** The same as the latest response had it, whether anything came of it or not; undefined before there was one. */
  readonly skewMs: number | undefined;
  /** Told every response's `Date`. */
  observe(date: string | undefined): void;
  /** Learns from a response's `Date`; true where this changes the time by more than a signature tolerates. */
  correct(date: string | undefined): boolean;
}

// The service refuses signatures more than 15 minutes off; an answer travels for seconds at most.
const TOLERANCE_MS = 5 * 60_000;

/** A clock that starts with the machine's time. */
export function createClock(now: () => number = Date.now): Clock {
  let offsetMs = 0;
  let skewMs: number | undefined;
  return {
    now: () => now() + offsetMs,
    get offsetMs() {
      return offsetMs;
    },
    get skewMs() {
      return skewMs;
    },
    observe(date) {
      const theirs = tryParseHttpDate(date);
      if (theirs !== undefined) skewMs = theirs - now();
    },
    correct(date) {
      const theirs = tryParseHttpDate(date);
      if (theirs === undefined || Math.abs(theirs - (now() + offsetMs)) <= TOLERANCE_MS) return false;
      offsetMs = theirs - now();
      return true;
    },
  };
}
