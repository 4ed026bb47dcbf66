import { tryParseHttpDate } from "../instant.ts";

/** What the `Date` and `Age` of answers say about the clock that ages are measured by. */
export interface ServiceDates {
  /** Least and most that the service's clock was ahead of `performance.now()` in one of the answers [ms]. */
  readonly least: number;
  /** As `least`. */
  readonly most: number;
  /** Why no age can be measured, and nothing be believed to be current; undefined where nothing speaks against it. */
  readonly problem: DatesProblem | undefined;
}

/** Why the service's dates cannot be believed. */
export type DatesProblem =
  /** A cache answered, with what the service said so long ago. */
  | { readonly kind: "cached"; readonly ageMs: number }
  /** An `Age` that is no number of seconds. */
  | { readonly kind: "unreadable-age" }
  /** Dates that differ by so much more than the time that passed between the answers. */
  | { readonly kind: "apart"; readonly byMs: number }
  /** Service and machine disagree about what time it is [ms since 1970-01-01 UTC]. */
  | { readonly kind: "machine"; readonly serviceMs: number; readonly machineMs: number };

/** Headers of an answer, by their names in lower case. */
export interface DateHeaders {
  readonly [name: string]: string | undefined;
}

/** What time it is here, by both clocks. */
export interface Here {
  /** On the clock of `performance.now()`, which nobody sets [ms]. */
  readonly elapsedMs: number;
  /** Milliseconds since 1970-01-01 UTC. */
  readonly machineMs: number;
}

/** How far the clocks of a service may be apart, and how old an answer may be [ms]. */
const SERVICE_TOLERANCE_MS = 5 * 60_000;

/** How far a machine's clock may be off, such as one that is set to local time in the wrong zone [ms]. */
const MACHINE_TOLERANCE_MS = 3 * 3_600_000;

/** What time it is by the service's clock, as its answers tell one after another. */
export interface ServiceTime {
  learn(headers: DateHeaders): void;
  /** `servedAt` is the latest date [ms since 1970-01-01 UTC]; undefined where an answer had none. */
  time(): { readonly servedAt: number | undefined; readonly dates: ServiceDates };
}

/** Nothing is known of the service's time yet. */
export function createServiceTime(): ServiceTime {
  let latest = -Infinity;
  let dates = NO_DATES;
  return {
    learn(headers) {
      latest = Math.max(latest, tryParseHttpDate(headers["date"]) ?? Infinity);
      dates = joinDates(dates, datesOf(headers));
    },
    time: () => ({ servedAt: Number.isFinite(latest) ? latest : undefined, dates }),
  };
}

/** Of no answer at all. */
export const NO_DATES: ServiceDates = { least: Infinity, most: -Infinity, problem: undefined };

/** What one answer says, that came just now. */
export function datesOf(headers: DateHeaders, here: Here = now()): ServiceDates {
  const serviceMs = tryParseHttpDate(headers["date"]);
  const ageMs = ageOf(headers["age"]);
  const ahead = serviceMs === undefined ? undefined : serviceMs - here.elapsedMs;
  return {
    least: ahead ?? Infinity,
    most: ahead ?? -Infinity,
    problem: problemOf(serviceMs, ageMs, here.machineMs),
  };
}

/** What both say together. */
export function joinDates(a: ServiceDates, b: ServiceDates): ServiceDates {
  const least = Math.min(a.least, b.least);
  const most = Math.max(a.most, b.most);
  const byMs = most - least;
  const apart: DatesProblem | undefined = byMs > SERVICE_TOLERANCE_MS ? { kind: "apart", byMs } : undefined;
  return { least, most, problem: a.problem ?? b.problem ?? apart };
}

function problemOf(
  serviceMs: number | undefined,
  ageMs: number,
  machineMs: number,
): DatesProblem | undefined {
  if (Number.isNaN(ageMs)) return { kind: "unreadable-age" };
  if (ageMs > SERVICE_TOLERANCE_MS) return { kind: "cached", ageMs };
  if (serviceMs !== undefined && Math.abs(serviceMs - machineMs) > MACHINE_TOLERANCE_MS)
    return { kind: "machine", serviceMs, machineMs };
  return undefined;
}

/**
 * How long ago a cache was given an answer [ms]; NaN where that cannot be read. Several caches may each have said it.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9111#field.age
 */
function ageOf(header: string | undefined): number {
  if (header === undefined) return 0;
  const ages = header.split(",").map((age) => (/^\s*\d+\s*$/.test(age) ? Number(age) * 1000 : NaN));
  return Math.max(...ages);
}

function now(): Here {
  return { elapsedMs: performance.now(), machineMs: Date.now() };
}
