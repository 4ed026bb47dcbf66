import fc from "fast-check";
import { AuditError } from "../../errors.ts";
import { tryParseInstant } from "../../instant.ts";
import { durationMs, tryParseMoment, zoneOf } from "./moment.ts";

const at = (text: string) => Date.parse(text);

test("a time with a zone of its own does not care for the other", () => {
  const instant = at("2026-01-31T04:00:00Z");
  for (const text of ["2026-01-31T04:00:00Z", "2026-01-31T12:00:00+0800", "2026-01-31T12:00:00.000+08:00"]) {
    expect(tryParseMoment(text, zoneOf("-03:00"))).toEqual({ earliest: instant, latest: instant });
  }
});

test.each(["2026-01-31T12:00:00", "2026-01-31 12:00:00", "2026-01-31T12:00", "2026-01-31T12:00:00.000"])(
  "%s is a local time",
  (text) => {
    const instant = at("2026-01-31T04:00:00Z");
    expect(tryParseMoment(text, zoneOf("Asia/Shanghai"))).toEqual({ earliest: instant, latest: instant });
  },
);

test("a local time that comes twice is both", () => {
  expect(tryParseMoment("2026-10-25T02:30:00", zoneOf("Europe/Berlin"))).toEqual({
    earliest: at("2026-10-25T00:30:00Z"),
    latest: at("2026-10-25T01:30:00Z"),
  });
});

test.each([
  "",
  "soon",
  "2026-01-31",
  "2026-02-30T00:00:00",
  "2026-01-31T24:00:00",
  "2026-01-31T12:60:00",
  "1769860800000",
  "2026-01-31T12:00:00 ",
])("%j is no time", (text) => {
  expect(tryParseMoment(text, zoneOf())).toBeUndefined();
});

test("texts with a zone are the instants that queries take them for", () => {
  const part = (size: number, most: number) =>
    fc.integer({ min: 0, max: most }).map((value) => String(value).padStart(size, "0"));
  const text = fc
    .tuple(
      fc.constantFrom("1969", "1970", "2000", "2024", "2026", "2100"),
      part(2, 13),
      part(2, 32),
      part(2, 24),
      part(2, 60),
      part(2, 60),
      fc.constantFrom("", ".5", ".0009", "."),
      fc.constantFrom("Z", "z", "+0800", "-03:30", "+24:00", "+0060", "+8"),
    )
    .map(([y, mo, d, h, mi, s, fraction, zone]) => `${y}-${mo}-${d}T${h}:${mi}:${s}${fraction}${zone}`);
  fc.assert(
    fc.property(text, (given) => {
      expect(tryParseMoment(given, zoneOf())?.earliest).toBe(tryParseInstant(given));
    }),
  );
});

test("what was not validated is refused", () => {
  expect(() => zoneOf("Mars/Olympus")).toThrow(AuditError);
  expect(() => durationMs("1 day")).toThrow(AuditError);
  expect(durationMs("2h")).toBe(7_200_000);
});
