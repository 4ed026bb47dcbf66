import fc from "fast-check";
import {
  duration,
  tryParseDuration,
  tryParseHttpDate,
  tryParseInstant,
  utcInstant,
  vendorInstant,
} from "./instant.ts";

test.each([
  ["2020-12-06T09:00:00+0800", "2020-12-06T01:00:00.000Z"],
  ["2020-12-06T09:00:00+08:00", "2020-12-06T01:00:00.000Z"],
  ["2020-12-06T09:00:00Z", "2020-12-06T09:00:00.000Z"],
  ["2020-12-06t09:00:00z", "2020-12-06T09:00:00.000Z"],
  ["2020-12-06T09:00:00.123456-0330", "2020-12-06T12:30:00.123Z"],
  ["2024-02-29T00:00:00Z", "2024-02-29T00:00:00.000Z"],
])("%s is an instant", (text, expected) => {
  expect(new Date(tryParseInstant(text) ?? NaN).toISOString()).toBe(expected);
});

test.each([
  "2020-12-06T09:00:00",
  "2020-12-06",
  "2020-12-06 09:00:00Z",
  "2023-02-29T00:00:00Z",
  "2020-13-01T00:00:00Z",
  "2020-12-06T24:00:01Z",
  "2020-12-06T09:00:00+2400",
  "2020-12-06T09:00:00+08",
  "",
  "yesterday",
])("%j is no instant", (text) => {
  expect(tryParseInstant(text)).toBeUndefined();
});

test("what is sent has the documented form and the same time, to the second", () => {
  fc.assert(
    fc.property(fc.date({ min: new Date(0), max: new Date("9999-12-31"), noInvalidDate: true }), (date) => {
      const sent = vendorInstant(date.getTime());
      expect(sent).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+0000$/);
      const seconds = Math.floor(date.getTime() / 1000) * 1000;
      expect(tryParseInstant(sent)).toBe(seconds);
      expect(tryParseInstant(utcInstant(date.getTime()))).toBe(seconds);
    }),
  );
});

test("no text makes the parsers throw", () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(["number", "undefined"]).toContain(typeof tryParseInstant(text));
      expect(["number", "undefined"]).toContain(typeof tryParseDuration(text));
    }),
  );
});

test.each([
  ["90s", 90_000],
  ["45m", 2_700_000],
  ["24h", 86_400_000],
  ["7d", 604_800_000],
  ["2w", 1_209_600_000],
])("%s is a duration", (text, ms) => {
  expect(tryParseDuration(text)).toBe(ms);
});

test.each(["", "7", "d", "0d", "-1d", "1.5h", "7D", "1d12h", "99999999999d"])("%j is no duration", (text) => {
  expect(tryParseDuration(text)).toBeUndefined();
  expect(duration.safeParse(text).success).toBe(false);
});

test.each(["Sat, 31 Jan 2026 12:00:00 GMT", "Saturday, 31-Jan-26 12:00:00 GMT", "Sat Jan 31 12:00:00 2026"])(
  "the HTTP date %s is read in GMT, whatever the machine's zone",
  (text) => {
    expect(tryParseHttpDate(text)).toBe(Date.parse("2026-01-31T12:00:00Z"));
  },
);

test.each([
  undefined,
  "",
  "soon",
  "2026-01-31 12:00:00",
  "31 Jan 2026 12:00:00",
  "Sat, 31 Jan 2026 12:00:00 CET",
  "Sat, 31 Foo 2026 12:00:00 GMT",
])("%j is no HTTP date", (text) => {
  expect(tryParseHttpDate(text)).toBeUndefined();
});

test.each([
  ["2026-01-31T12:00:00.25Z", "2026-01-31T12:00:00.250Z"],
  ["2026-01-31T12:00:00.250999+08:00", "2026-01-31T04:00:00.250Z"],
  ["2026-01-31T12:00:00-0130", "2026-01-31T13:30:00.000Z"],
  ["2026-01-31t12:00:00.5z", "2026-01-31T12:00:00.500Z"],
])("%s is %s", (text, utc) => {
  expect(new Date(tryParseInstant(text)!).toISOString()).toBe(utc);
});
