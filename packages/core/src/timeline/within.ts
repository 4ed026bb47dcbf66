import type { Extent } from "../gate/time/moment.ts";

/** The part of an extent that is drawn; whatever lies outside stands at the edge. */
export function within(extent: Extent, from: number, to: number): Extent {
  const begin = Math.min(Math.max(extent.from, from), to);
  return { from: begin, to: Math.max(begin, Math.min(extent.to, to)) };
}
