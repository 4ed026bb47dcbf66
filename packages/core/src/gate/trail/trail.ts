import { durationMs, type Extent, type Moment, tryParseMoment } from "../time/moment.ts";
import { type Fault, unknown } from "./finding.ts";
import { counted, instantText } from "./wording.ts";
import type { Zone } from "../time/zone.ts";

/** What rules judge: all records of one subject, and when it was. */
export interface Trail<Row> {
  readonly records: readonly Row[];
  /**
   * The time that windows and ages are measured at, the service's own unless another is asked for [ms since 1970-01-01
   * UTC]; NaN where it is unknown, and no rule needs it.
   */
  readonly at: number;
  /** The service's time, where that is another [ms since 1970-01-01 UTC]. */
  readonly now?: number | undefined;
}

/** A record and its time. */
export interface Timed<Row> extends Extent {
  readonly row: Row;
}

/** How far the clocks of a service may be apart [ms]. */
const TOLERANCE_MS = 5 * 60_000;

/**
 * The records with their times. What has no time that can be read, or one that has not come yet, is a finding: an
 * age must not be taken from a time in the wrong zone.
 *
 * @param noun - What a record is, such as `dump`.
 */
export function timesOf<Row extends object>(
  noun: string,
  trail: Trail<Row>,
  extentOf: (row: Row) => Extent | undefined,
): { readonly timed: readonly Timed<Row>[]; readonly faults: readonly Fault[] } {
  const now = trail.now ?? trail.at;
  const timed: Timed<Row>[] = [];
  const unreadable: Row[] = [];
  const future: Timed<Row>[] = [];
  for (const row of trail.records) {
    const extent = extentOf(row);
    if (!extent || extent.to < extent.from) unreadable.push(row);
    else if (pastOf(extent) > now + TOLERANCE_MS) future.push({ row, ...extent });
    else timed.push({ row, ...extent });
  }
  const faults: Fault[] = [];
  if (unreadable.length > 0) {
    const found = `${counted(unreadable.length, noun)} with a time that is missing, cannot be read or contradicts itself`;
    faults.push(unknown("times that can be read", found, unreadable));
  }
  if (future.length > 0) {
    const last = future.reduce((latest, extent) => Math.max(latest, pastOf(extent)), 0);
    const found = `${counted(future.length, noun)} with times ahead of the service's own, up to ${instantText(last)}: their time zone may be another one`;
    faults.push(unknown("times that have come", found, rowsOf(future)));
  }
  return { timed, faults };
}

/** The time of a record that must have come. */
function pastOf({ from, to }: Extent): number {
  return to === Infinity ? from : to;
}

/**
 * The records of the last `within`; all records where it is absent.
 *
 * @param isOpen - Whether a record is of now, whenever it was: what still goes on, what nobody has explained.
 */
export function recent<Row extends object>(
  noun: string,
  trail: Trail<Row>,
  within: string | undefined,
  extentOf: (row: Row) => Extent | undefined,
  isOpen: (row: Row) => boolean,
): {
  readonly inside: readonly Row[];
  readonly outside: readonly Row[];
  readonly faults: readonly Fault[];
} {
  if (within === undefined) return { inside: trail.records, outside: [], faults: [] };
  const { timed, faults } = timesOf(noun, trail, extentOf);
  const start = trail.at - durationMs(within);
  const isRecent = ({ row, to }: Timed<Row>) => to >= start || isOpen(row);
  return {
    inside: rowsOf(timed.filter(isRecent)),
    outside: rowsOf(timed.filter((each) => !isRecent(each))),
    faults,
  };
}

/** The records without their times. */
export function rowsOf<Row>(timed: readonly Timed<Row>[]): readonly Row[] {
  return timed.map(({ row }) => row);
}

// Before there was such a service, a time is the zero of some clock, or nobody's.
const EARLIEST = Date.UTC(2000, 0);

/** The moment that a field of a record names; undefined where it is null, cannot be read, or is before 2000. */
export function momentIn(text: string | null, zone: Zone): Moment | undefined {
  const moment = text === null ? undefined : tryParseMoment(text, zone);
  return moment && moment.earliest >= EARLIEST ? moment : undefined;
}
