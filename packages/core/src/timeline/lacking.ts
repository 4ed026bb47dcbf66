import type { Refused } from "../gate/examine.ts";
import type { Extent } from "../gate/time/moment.ts";
import { instantText } from "../gate/trail/wording.ts";
import type { Span } from "./timeline.ts";

/** The stretches that nothing covers, of which rules have said so: each to where something covers it again. */
export function gapSpans(
  refused: readonly Refused[],
  covering: readonly Extent[],
  from: number,
  to: number,
): readonly Span[] {
  return refused.flatMap((each): readonly Span[] => {
    // As messages have it: without parts of a second.
    const began = Date.parse(each.seen.gapStart ?? "");
    if (!Number.isFinite(began)) return [];
    const next = covering.reduce(
      (first, extent) => (extent.from > began ? Math.min(first, extent.from) : first),
      to,
    );
    const end = next === to ? "goes on" : `until ${instantText(next)}`;
    const text = `Gap since ${instantText(began)}, ${end}.`;
    return [{ from: Math.max(began, from), to: next, state: "gap", count: 0, text, counted: [each] }];
  });
}

/** The whole of a time line, where there is nothing in it, of which some rules may have said so. */
export function emptySpan(
  state: "gap" | "silent",
  text: string,
  ruleIds: readonly string[],
  from: number,
  to: number,
): Span {
  return { from, to, state, count: 0, text, counted: ruleIds.map((ruleId) => ({ ruleId, seen: {} })) };
}

/** The stretch since the newest of something, where a rule has said that it is too long ago. */
export function overdueSpans(
  what: string,
  since: number,
  counted: readonly Refused[],
  from: number,
  to: number,
): readonly Span[] {
  if (counted.length === 0) return [];
  const text = `No ${what} since ${instantText(since)}: longer than the rule allows.`;
  return [{ from: Math.max(since, from), to, state: "overdue", count: 0, text, counted }];
}
