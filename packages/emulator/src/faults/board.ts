import type { Api, ApiRequest } from "../http/request.ts";
import type { Fault } from "./fault.ts";

/** What happens to one request: all faults that met it, put together. */
export interface Effects extends Omit<Fault, "on" | "path" | "query" | "nth" | "times"> {
  /** How often the fault with `total` has met a request, this one included. */
  round: number;
  /** Set if a limit is exceeded: `status` and `body` count only then. */
  limited: boolean;
  /** To be called when the request is over. */
  release(): void;
}

/** A fault with its counters. */
export interface Entry {
  fault: Fault;
  /** Requests that matched, met or not. */
  seen: number;
  hits: number;
  /** Instants of the requests let through in the last second [ms]. */
  recent: number[];
  inFlight: number;
}

const queries: readonly Api[] = ["dumps", "parameters", "logs", "clusters", "instances"];

/** Starts the counters of a fault. */
export function newEntry(fault: Fault): Entry {
  return { fault, seen: 0, hits: 0, recent: [], inFlight: 0 };
}

/**
 * Counts a request against every fault and collects what they do to it.
 *
 * @param nowMs - A monotonic clock, for limits per second [ms].
 */
export function meet(entries: readonly Entry[], api: Api, request: ApiRequest, nowMs: number): Effects {
  let merged: Partial<Fault> = {};
  let round = 0;
  let limited = false;
  const counted: Entry[] = [];
  for (const entry of entries) {
    const { fault } = entry;
    if (!matches(fault, api, request)) continue;
    entry.seen++;
    const nth = fault.nth ?? 1;
    if (entry.seen < nth || entry.seen >= nth + (fault.times ?? Number.POSITIVE_INFINITY)) continue;
    if (fault.concurrent !== undefined) counted.push(entry);
    const over = exceeds(entry, nowMs);
    if (isLimit(fault) && !over) continue;
    entry.hits++;
    limited ||= over;
    if (fault.total !== undefined) round = entry.hits;
    merged = { ...merged, ...fault };
  }
  for (const entry of counted) entry.inFlight++;
  return {
    ...merged,
    round,
    limited,
    release: () => {
      for (const entry of counted.splice(0)) entry.inFlight--;
    },
  };
}

function matches(fault: Fault, api: Api, request: ApiRequest): boolean {
  const kinds = fault.on === undefined ? queries : typeof fault.on === "string" ? [fault.on] : fault.on;
  if (!kinds.some((kind) => kind === "all" || kind === api)) return false;
  if (fault.path !== undefined && !request.path.includes(fault.path)) return false;
  return Object.entries(fault.query ?? {}).every(([name, value]) => request.query.get(name) === value);
}

function isLimit(fault: Fault): boolean {
  return fault.perSecond !== undefined || fault.concurrent !== undefined;
}

function exceeds(entry: Entry, nowMs: number): boolean {
  const { fault } = entry;
  if (fault.concurrent !== undefined && entry.inFlight >= fault.concurrent) return true;
  if (fault.perSecond === undefined) return false;
  while ((entry.recent[0] ?? nowMs) <= nowMs - 1000) entry.recent.shift();
  if (entry.recent.length >= fault.perSecond) return true;
  entry.recent.push(nowMs);
  return false;
}
