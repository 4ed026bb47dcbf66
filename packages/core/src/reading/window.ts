import { AuditError } from "../errors.ts";
import { tryParseDuration, tryParseInstant, utcInstant } from "../instant.ts";

/** A span of time [ms since 1970-01-01 UTC], both ends included. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** A window as it is shown: its ends as they were written, or RFC 3339 in UTC. */
export interface Window {
  /** Beginning, included. */
  readonly startTime: string;
  /** End, included. */
  readonly endTime: string;
}

/** The arguments that say which window is meant. */
export interface WindowArgs {
  readonly startTime?: string | undefined;
  readonly endTime?: string | undefined;
  readonly last?: string | undefined;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Longest span that one request may ask for: 30 days. */
export const MAX_SPAN_MS = 30 * DAY_MS;

/**
 * How far the parts of a longer window overlap. Whether the service selects logs by their start, their end or
 * both is not documented; a log that crosses a seam is inside one of the parts if it is shorter than this.
 */
export const SEAM_MS = DAY_MS;

/**
 * The window that the arguments mean. A relative one ends at the current hour, so that a plan repeated within
 * the hour asks the same question.
 *
 * @throws {AuditError} `ERR_ARGUMENT` where the arguments contradict or lack each other.
 */
export function resolveWindow(args: WindowArgs, now: number): Span & { readonly window: Window } {
  const { startTime, endTime, last } = args;
  if (last !== undefined) {
    if (startTime !== undefined || endTime !== undefined) {
      throw new AuditError(
        "ERR_ARGUMENT",
        "last excludes startTime and endTime: give either a length or both ends.",
        { argument: "last" },
      );
    }
    const to = Math.floor(now / HOUR_MS) * HOUR_MS;
    const from = to - (tryParseDuration(last) ?? NaN);
    if (!(from >= 0))
      throw new AuditError("ERR_ARGUMENT", `last must be a duration that begins after 1970, not "${last}".`, {
        argument: "last",
      });
    return { from, to, window: { startTime: utcInstant(from), endTime: utcInstant(to) } };
  }
  if (startTime === undefined || endTime === undefined) {
    const missing = startTime === undefined ? "startTime" : "endTime";
    throw new AuditError("ERR_ARGUMENT", `${missing} is missing: give startTime and endTime, or last.`, {
      argument: missing,
    });
  }
  const from = tryParseInstant(startTime) ?? NaN;
  const to = tryParseInstant(endTime) ?? NaN;
  if (!(to > from)) {
    throw new AuditError(
      "ERR_ARGUMENT",
      `endTime must be later than startTime, but ${endTime} is not later than ${startTime}.`,
      { argument: "endTime" },
    );
  }
  return { from, to, window: { startTime, endTime } };
}

/**
 * The parts of a span that one request each may ask for, oldest first, overlapping by {@link SEAM_MS}. Fractions
 * of a second cannot be sent, so they widen the span.
 */
export function splitSpan({ from, to }: Span): readonly Span[] {
  const start = Math.floor(from / 1000) * 1000;
  const end = Math.ceil(to / 1000) * 1000;
  const spans: Span[] = [];
  for (let next = start; ; next += MAX_SPAN_MS - SEAM_MS) {
    spans.push({ from: next, to: Math.min(next + MAX_SPAN_MS, end) });
    if (next + MAX_SPAN_MS >= end) return spans;
  }
}
