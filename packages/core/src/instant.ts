import * as z from "zod";
import type { FieldMeta } from "./field.ts";

// Date, time, optional fraction, zone: RFC 3339 (`Z`, `+08:00`) or the vendor's `+0800`.
const INSTANT =
  /^(\d{4}-\d{2}-\d{2})[Tt]([01]\d|2[0-3]):([0-5]\d):([0-5]\d)(\.\d+)?(?:[Zz]|([+-])([01]\d|2[0-3]):?([0-5]\d))$/;

/**
 * Milliseconds since 1970-01-01 UTC of `text`, or undefined if it is not an instant: a time without a zone, or
 * a date that does not exist, is none.
 */
export function tryParseInstant(text: string): number | undefined {
  // Read by position, for captured groups would be eight strings for each of a million records.
  if (!INSTANT.test(text)) return undefined;
  const midnight = midnightOf(text.slice(0, DATE_LENGTH));
  if (Number.isNaN(midnight)) return undefined;
  const utc = text.endsWith("Z") || text.endsWith("z");
  const colon = text.at(-3) === ":" ? 1 : 0;
  const zoneAt = text.length - (utc ? 1 : 5 + colon);
  const clock = (twoDigits(text, 11) * 60 + twoDigits(text, 14)) * 60_000 + twoDigits(text, 17) * 1000;
  const fraction =
    zoneAt > FRACTION_AT ? Math.trunc(Number(`0${text.slice(FRACTION_AT, zoneAt)}`) * 1000) : 0;
  const local = midnight + clock + fraction;
  if (utc) return local;
  const offset = (twoDigits(text, zoneAt + 1) * 60 + twoDigits(text, zoneAt + 3 + colon)) * 60_000;
  return text[zoneAt] === "-" ? local + offset : local - offset;
}

const DATE_LENGTH = "yyyy-mm-dd".length;
const FRACTION_AT = "yyyy-mm-ddThh:mm:ss".length;

function twoDigits(text: string, at: number): number {
  return (text.charCodeAt(at) - 48) * 10 + text.charCodeAt(at + 1) - 48;
}

// Records beside each other are mostly of the same day.
let latestDate = "";
let latestMidnight = Number.NaN;

/** Start of a day in UTC, or NaN where there is no such day. */
function midnightOf(date: string): number {
  if (date === latestDate) return latestMidnight;
  const midnight = Date.parse(`${date}T00:00:00Z`);
  // Date.parse rolls 30 February over instead of refusing it.
  const exists = !Number.isNaN(midnight) && new Date(midnight).toISOString().slice(0, 10) === date;
  latestDate = date;
  latestMidnight = exists ? midnight : Number.NaN;
  return latestMidnight;
}

// The three forms of HTTP dates, all in UTC. Anything else, Date.parse may take for a local time.
const HTTP_DATE = [
  /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/,
  /^[A-Z][a-z]{5,8}, \d{2}-[A-Z][a-z]{2}-\d{2} \d{2}:\d{2}:\d{2} GMT$/,
];
const ASCTIME = /^[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d{2}:\d{2}:\d{2} \d{4}$/;

/**
 * Milliseconds since 1970-01-01 UTC of an HTTP date, or undefined if it is none.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#http.date
 */
export function tryParseHttpDate(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (text !== latestHttpDate) {
    latestHttpTime = parseHttpDate(text);
    latestHttpDate = text;
  }
  return latestHttpTime;
}

// Answers beside each other mostly come in the same second.
let latestHttpDate = "";
let latestHttpTime: number | undefined;

function parseHttpDate(text: string): number | undefined {
  const zoned = ASCTIME.test(text) ? `${text} GMT` : text;
  const time = zoned !== text || HTTP_DATE.some((form) => form.test(text)) ? Date.parse(zoned) : NaN;
  return Number.isNaN(time) ? undefined : time;
}

/** The only form the documents state: `yyyy-mm-ddThh:mm:ss±hhmm`, in UTC; fractions cannot be sent. */
export function vendorInstant(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(0, 19)}+0000`;
}

/** RFC 3339 in UTC, whole seconds. */
export function utcInstant(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(0, 19)}Z`;
}

const DURATION = /^([1-9]\d{0,8})([smhdw])$/;
const UNITS = { s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 } as const;

/** Milliseconds of a duration such as `90m`, `24h`, `7d` or `2w`, or undefined if it is not one. */
export function tryParseDuration(text: string): number | undefined {
  const match = DURATION.exec(text);
  if (!match) return undefined;
  return Number(match[1]) * UNITS[match[2] as keyof typeof UNITS] * 1000;
}

const EXPECTED_INSTANT =
  "a date and time with a zone, such as 2026-01-31T00:00:00Z or 2026-01-31T08:00:00+0800";

/** Schema of an instant. */
export const instant = z
  .string()
  .regex(INSTANT, { error: `must be ${EXPECTED_INSTANT}`, abort: true })
  .refine((text) => tryParseInstant(text) !== undefined, { error: "must be a day that exists" })
  .meta({ expected: EXPECTED_INSTANT } satisfies FieldMeta);

const EXPECTED_DURATION = "a whole number and a unit (s, m, h, d, w), such as 24h or 7d";

/** Schema of a duration. */
export const duration = z
  .string()
  .regex(DURATION, { error: `must be ${EXPECTED_DURATION}` })
  .meta({ expected: EXPECTED_DURATION } satisfies FieldMeta);
