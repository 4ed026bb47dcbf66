import { AuditError } from "../../errors.ts";
import { tryParseDuration } from "../../instant.ts";
import { tryParseZone, type Zone } from "./zone.ts";

/** When something was, as precisely as a written time says it [ms since 1970-01-01 UTC]. */
export interface Moment {
  readonly earliest: number;
  /** Differs from the earliest only for a local time that comes twice, when a clock is put back. */
  readonly latest: number;
}

/** From when to when something was [ms since 1970-01-01 UTC]; without end where it still goes on. */
export interface Extent {
  readonly from: number;
  readonly to: number;
}

// Date and time as RFC 3339 or the vendor has them, with or without a zone.
const TIME =
  /^(\d{4})-(\d{2})-(\d{2})[Tt ](\d{2}):(\d{2})(?::(\d{2})(\.\d+)?)?(?:([Zz])|([+-])(\d{2}):?(\d{2}))?$/;

const MINUTE_MS = 60_000;

/**
 * The moment that a text names: an instant with a zone of its own, or a local time in `zone`. Undefined for a text
 * that is neither, and for a local time that the zone's clocks skip.
 */
export function tryParseMoment(text: string, zone: Zone): Moment | undefined {
  const match = TIME.exec(text);
  if (!match) return undefined;
  // Taken apart here, as Date.parse and a look at what it makes of 30 February take several times as long.
  const year = Number(match[1]);
  const month = Number(match[2]);
  const day = Number(match[3]);
  const hour = Number(match[4]);
  const minute = Number(match[5]);
  const second = Number(match[6] ?? 0);
  const exists = year > 99 && month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month);
  if (!exists || hour > 23 || minute > 59 || second > 59) return undefined;
  const fraction = match[7] === undefined ? 0 : Math.trunc(Number(`0${match[7]}`) * 1000);
  const local = Date.UTC(year, month - 1, day, hour, minute, second, fraction);
  const sign = match[9];
  if (match[8] === undefined && sign === undefined) return momentOf(zone.instantsOf(local));
  const hours = Number(match[10] ?? 0);
  const minutes = Number(match[11] ?? 0);
  if (hours > 23 || minutes > 59) return undefined;
  const offset = (hours * 60 + minutes) * MINUTE_MS;
  const instant = local - (sign === "-" ? -offset : offset);
  return { earliest: instant, latest: instant };
}

function momentOf([earliest, latest = earliest]: readonly number[]): Moment | undefined {
  return earliest === undefined || latest === undefined ? undefined : { earliest, latest };
}

const LONG_MONTHS: ReadonlySet<number> = new Set([1, 3, 5, 7, 8, 10, 12]);

function daysIn(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return LONG_MONTHS.has(month) ? 31 : 30;
}

/** The zone of a validated rule; UTC if absent. @throws {AuditError} `ERR_ARGUMENT` for what is none. */
export function zoneOf(timeZone = "Z"): Zone {
  const zone = tryParseZone(timeZone);
  if (zone) return zone;
  throw new AuditError("ERR_ARGUMENT", `"${timeZone}" is no time zone.`, { argument: "timeZone" });
}

/** Length of a validated duration [ms]. @throws {AuditError} `ERR_ARGUMENT` for what is none. */
export function durationMs(duration: string): number {
  const length = tryParseDuration(duration);
  if (length !== undefined) return length;
  throw new AuditError("ERR_ARGUMENT", `"${duration}" is no duration.`);
}
