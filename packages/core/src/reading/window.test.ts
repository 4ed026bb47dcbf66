import fc from "fast-check";
import { MAX_SPAN_MS, resolveWindow, SEAM_MS, splitSpan } from "./window.ts";

const now = Date.parse("2026-11-21T05:43:21.987Z");

test("a relative window ends at the current hour and is shown in UTC", () => {
  expect(resolveWindow({ last: "7d" }, now).window).toEqual({
    startTime: "2026-11-14T05:00:00Z",
    endTime: "2026-11-21T05:00:00Z",
  });
});

test("an explicit window is shown as it was written", () => {
  const args = { startTime: "2020-12-06T09:00:00+0800", endTime: "2020-12-10T18:00:15+08:00" };
  expect(resolveWindow(args, now).window).toEqual(args);
});

test.each([
  [{}, "startTime"],
  [{ startTime: "2020-01-01T00:00:00Z" }, "endTime"],
  [{ endTime: "2020-01-01T00:00:00Z" }, "startTime"],
  [{ startTime: "2020-01-01T00:00:00Z", endTime: "2020-01-01T00:00:00Z" }, "endTime"],
  [{ startTime: "2020-01-02T00:00:00Z", endTime: "2020-01-01T00:00:00Z" }, "endTime"],
  [{ last: "7d", startTime: "2020-01-01T00:00:00Z" }, "last"],
  [{ last: "7d", endTime: "2020-01-01T00:00:00Z" }, "last"],
  [{ last: "9999w" }, "last"],
])("%j is refused, naming %s", (args, argument) => {
  expect(() => resolveWindow(args, now)).toThrow(expect.objectContaining({ code: "ERR_ARGUMENT", argument }));
});

test.each([
  [{}, "startTime is missing: give startTime and endTime, or last."],
  [
    { startTime: "2020-01-01T00:00:00Z", last: "7d" },
    "last excludes startTime and endTime: give either a length or both ends.",
  ],
  [{ last: "soon" }, 'last must be a duration that begins after 1970, not "soon".'],
  [
    { startTime: "2020-01-02T00:00:00Z", endTime: "2020-01-01T00:00:00Z" },
    "endTime must be later than startTime, but 2020-01-01T00:00:00Z is not later than 2020-01-02T00:00:00Z.",
  ],
])("%j is refused with a sentence that says what is wanted", (args, message) => {
  expect(() => resolveWindow(args, now)).toThrow(message);
});

test("a window may begin with 1970", () => {
  expect(resolveWindow({ last: "1h" }, 3_600_000)).toMatchObject({ from: 0, to: 3_600_000 });
});

test("a span is covered by parts of at most 30 days that overlap by a day", () => {
  const instants = fc.integer({ min: 0, max: 4_000_000_000_000 });
  fc.assert(
    fc.property(instants, fc.integer({ min: 1, max: 400 * 86_400_000 }), (from, length) => {
      const spans = splitSpan({ from, to: from + length });
      expect(spans[0]!.from).toBeLessThanOrEqual(from);
      expect(from - spans[0]!.from).toBeLessThan(1000);
      expect(spans.at(-1)!.to).toBeGreaterThanOrEqual(from + length);
      for (const [index, span] of spans.entries()) {
        expect(span.to - span.from).toBeLessThanOrEqual(MAX_SPAN_MS);
        expect(span.to).toBeGreaterThan(span.from);
        expect(span.from % 1000).toBe(0);
        const next = spans[index + 1];
        expect(next === undefined || span.to - next.from === SEAM_MS).toBe(true);
      }
    }),
  );
});

test("30 days need one request, a second more needs two", () => {
  expect(splitSpan({ from: 0, to: MAX_SPAN_MS })).toHaveLength(1);
  expect(splitSpan({ from: 0, to: MAX_SPAN_MS + 1000 })).toHaveLength(2);
});
