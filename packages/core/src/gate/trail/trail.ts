import { durationMs, type Extent, type Moment, tryParseMoment } from "../time/moment.ts";
import { type Fault, unknown } from "./finding.ts";
import { counted, lengthOf } from "./wording.ts";
import type { Zone } from "../time/zone.ts";

/** What rules judge: all records of one subject, and when it was. */
export interface Trail<Row> {
  readonly records: readonly Row[];
  /** The service's time [ms since 1970-01-01 UTC]; NaN where it is unknown, and no rule needs it. */
  readonly at: number;
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
 * @param pastOf - The time of a record that must have come.
 */
export function timesOf<Row extends object>(
  noun: string,
  trail: Trail<Row>,
  extentOf: (row: Row) => Extent | undefined,
  pastOf = ({ from, to }: Extent) => (to === Infinity ? from : to),
): { readonly timed: readonly Timed<Row>[]; readonly faults: readonly Fault[] } {
  const timed: Timed<Row>[] = [];
  const unreadable: Row[] = [];
  const future: Timed<Row>[] = [];
  for (const row of trail.records) {
    const extent = extentOf(row);
    if (!extent || extent.to < extent.from) unreadable.push(row);
    else if (pastOf(extent) > trail.at + TOLERANCE_MS) future.push({ row, ...extent });
    else timed.push({ row, ...extent });
  }
  const faults: Fault[] = [];
  if (unreadable.length > 0) {
    const found = `${counted(unreadable.length, noun)} with a time that is missing, cannot be read or contradicts itself`;
    faults.push(unknown("times that can be read", found, unreadable));
  }
  if (future.length > 0) {
    const ahead = lengthOf(
      future.reduce((last, extent) => Math.max(last, pastOf(extent)), trail.at) - trail.at,
    );
    const found = `${counted(future.length, noun)} up to ${ahead} ahead of the service's own time: their time zone may be another one`;
    faults.push(unknown("times that have come", found, rowsOf(future)));
  }
  return { timed, faults };
}

/** The records of the last `within`, and those whose time does not tell; all records where it is absent. */
export function recent<Row extends object>(
  noun: string,
  trail: Trail<Row>,
  within: string | undefined,
  extentOf: (row: Row) => Extent | undefined,
): {
  readonly inside: readonly Row[];
  readonly outside: readonly Row[];
  readonly faults: readonly Fault[];
} {
  if (within === undefined) return { inside: trail.records, outside: [], faults: [] };
  const { timed, faults } = timesOf(noun, trail, extentOf);
  const start = trail.at - durationMs(within);
  return {
    inside: rowsOf(timed.filter(({ to }) => to >= start)),
    outside: rowsOf(timed.filter(({ to }) => to < start)),
    faults,
  };
}

/** The records without their times. */
export function rowsOf<Row>(timed: readonly Timed<Row>[]): readonly Row[] {
  return timed.map(({ row }) => row);
}

/** The moment that a field of a record names; undefined where it is null or cannot be read. */
export function momentIn(text: string | null, zone: Zone): Moment | undefined {
  return text === null ? undefined : tryParseMoment(text, zone);
}
