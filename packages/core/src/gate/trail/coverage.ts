import type { Extent } from "../time/moment.ts";
import type { Timed } from "./trail.ts";
import { counted, instantText, lengthOf } from "./wording.ts";

/** A stretch of time that nothing covers, and the records beside it. */
export interface Gap<Row> extends Extent {
  /** Where it began in truth, where it is cut by the beginning of what is judged. */
  readonly began: number;
  readonly beside: readonly Row[];
}

/**
 * The gaps that are too long between `from` and `at`, longest first. Intervals may overlap, hold each other, and
 * come in any order. The time since the newest one may be longer by that one's own length, as the record of the next
 * interval cannot be there before the interval has passed, but never by more than a gap may be long.
 *
 * @param from - Where gaps begin to count; a gap that began before counts from there.
 * @param allowedMs - Longest gap that is none [ms].
 */
export function gapsBetween<Row>(
  intervals: readonly Timed<Row>[],
  from: number,
  at: number,
  allowedMs: number,
): readonly Gap<Row>[] {
  const gaps: Gap<Row>[] = [];
  let newest: Timed<Row> | undefined;
  let covered = from;
  for (const interval of intervals.toSorted((a, b) => a.from - b.from)) {
    if (interval.from - covered > allowedMs) {
      const beside = newest ? [newest.row, interval.row] : [interval.row];
      gaps.push({ from: covered, to: interval.from, began: newest?.to ?? covered, beside });
    }
    covered = Math.max(covered, interval.to);
    // The first of several that end together is the longest, as they come by their beginning.
    if (!newest || interval.to > newest.to) newest = interval;
  }
  // Not cut off at `from`, or whatever ended long before it would be too short to count.
  const { from: begin, to: end } = newest ?? { from, to: from };
  if (at - end > allowedMs + Math.min(end - begin, allowedMs))
    gaps.push({ from: end, to: at, began: end, beside: newest ? [newest.row] : [] });
  return gaps.toSorted((a, b) => b.to - b.from - (a.to - a.from));
}

/**
 * Gaps in words, the first of them in full. It says the same whenever the same trail is judged: a gap that is cut by
 * the window's beginning, or still goes on, has no length yet.
 *
 * @param of - Whose gaps, after a space; nothing where that is clear.
 */
export function gapsText(gaps: readonly Gap<unknown>[], from: number, at: number, of = ""): string {
  const [longest] = gaps;
  if (!longest) return "no gap";
  const cut = longest.from === from;
  const open = longest.to === at;
  const where = cut
    ? open
      ? "as long as the window"
      : `from the beginning of the window to ${instantText(longest.to)}`
    : open
      ? `since ${instantText(longest.from)}`
      : `of ${lengthOf(longest.to - longest.from)} from ${instantText(longest.from)} to ${instantText(longest.to)}`;
  return `${counted(gaps.length, "gap")}${of}, the longest ${where}`;
}
