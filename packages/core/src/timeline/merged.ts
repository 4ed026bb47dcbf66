import type { Span } from "./timeline.ts";

/** Parts of a time line that nobody can see apart. */
const CELLS = 600;

/**
 * Alike stretches that touch each other as one, so that a thousand dumps in order are a handful of them. Those that
 * count for a rule stay on their own.
 */
export function merged(spans: readonly Span[], from: number, to: number): readonly Span[] {
  const cell = (to - from) / CELLS;
  const result: Span[] = [];
  const latest = new Map<string, number>();
  for (const span of spans.toSorted((a, b) => a.from - b.from)) {
    const place = latest.get(span.state);
    const before = place === undefined ? undefined : result[place];
    if (before && place !== undefined && isPlain(before) && isPlain(span) && span.from - before.to <= cell) {
      const count = before.count + span.count;
      const text = `${count} ${before.count === 1 ? `like: ${before.text}` : before.text.replace(/^\d+ /, "")}`;
      result[place] = { ...before, to: Math.max(before.to, span.to), count, text };
    } else {
      latest.set(span.state, result.length);
      result.push(span);
    }
  }
  return result;
}

function isPlain({ counted, state }: Span): boolean {
  return counted.length === 0 && state !== "freeze" && state !== "gap";
}
