import { gapsBetween } from "./coverage.ts";

const interval = (from: number, to: number) => ({ from, to, row: `${from}-${to}` });
const gaps = (spans: readonly [number, number][], allowed: number, from = 0, at = 100) =>
  gapsBetween(
    spans.map(([start, end]) => interval(start, end)),
    from,
    at,
    allowed,
  ).map((gap) => [gap.from, gap.to]);

test("intervals that touch, overlap or hold each other leave no gap, in any order", () => {
  expect(
    gaps(
      [
        [60, 100],
        [0, 30],
        [30, 50],
        [40, 60],
        [5, 10],
      ],
      0,
    ),
  ).toEqual([]);
});

test("a gap counts from the furthest end so far, and only when it is longer than allowed", () => {
  expect(
    gaps(
      [
        [0, 50],
        [10, 20],
        [60, 100],
      ],
      9,
    ),
  ).toEqual([[50, 60]]);
  expect(
    gaps(
      [
        [0, 50],
        [10, 20],
        [60, 100],
      ],
      10,
    ),
  ).toEqual([]);
});

test("an interval without length ends one gap and begins another", () => {
  expect(
    gaps(
      [
        [0, 50],
        [55, 55],
        [60, 100],
      ],
      5,
    ),
  ).toEqual([]);
  expect(
    gaps(
      [
        [0, 50],
        [55, 55],
        [60, 100],
      ],
      4,
    ),
  ).toEqual([
    [50, 55],
    [55, 60],
  ]);
});

test("gaps before the beginning do not count, and one across it counts from there", () => {
  expect(
    gaps(
      [
        [-90, -80],
        [-20, -10],
        [5, 100],
      ],
      4,
    ),
  ).toEqual([[0, 5]]);
  expect(
    gaps(
      [
        [-90, -80],
        [-20, -10],
        [5, 100],
      ],
      5,
    ),
  ).toEqual([]);
});

test("since the newest interval, its own length is allowed more, and at most the gap again", () => {
  const since = (end: number, allowed: number) =>
    gaps(
      [
        [0, 60],
        [60, end],
      ],
      allowed,
    );
  // 15 long, 25 ago: 10 and 10.
  expect(since(75, 10)).toEqual([[75, 100]]);
  expect(since(75, 12)).toEqual([[75, 100]]);
  expect(since(75, 13)).toEqual([]);
  // 4 long, 36 ago: 32 and 4.
  expect(since(64, 31)).toEqual([[64, 100]]);
  expect(since(64, 32)).toEqual([]);
  expect(since(99, 0)).toEqual([[99, 100]]);
});

test("of several newest intervals, the longest counts", () => {
  expect(
    gaps(
      [
        [0, 70],
        [50, 70],
        [60, 70],
      ],
      15,
    ),
  ).toEqual([]);
  expect(
    gaps(
      [
        [50, 70],
        [60, 70],
      ],
      14,
    ),
  ).toEqual([
    [0, 50],
    [70, 100],
  ]);
});

test("an interval that ended long before the beginning is not cut short by it", () => {
  expect(gaps([[-60, -50]], 100, 0, 70)).toEqual([[-50, 70]]);
});

test("no interval at all is one gap", () => {
  expect(gaps([], 99)).toEqual([[0, 100]]);
});

test("the longest gap comes first, with the records beside it", () => {
  const found = gapsBetween([interval(0, 10), interval(20, 30), interval(50, 100)], 0, 100, 5);
  expect(found).toEqual([
    { from: 30, to: 50, began: 30, beside: ["20-30", "50-100"] },
    { from: 10, to: 20, began: 10, beside: ["0-10", "20-30"] },
  ]);
});
