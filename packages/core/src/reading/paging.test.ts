import { alignedRange, nextRange, pagingParameters } from "./paging.ts";

describe("the next stretch by records", () => {
  test.each([
    [100, 100, { start: 95, limit: 100 }],
    [101, 101, { start: 95, limit: 101 }],
    [10, 10, { start: 9, limit: 10 }],
    [2, 100, { start: 0, limit: 100 }],
    [0, 100, { start: 0, limit: 100 }],
  ])("after %i records, of %i at once, begins a twentieth before", (end, limit, range) => {
    expect(nextRange("record-offset", end, limit)).toEqual(range);
  });
});

describe("the next stretch by page numbers", () => {
  test.each([
    [100, 100, { start: 95, limit: 95 }],
    [190, 100, { start: 184, limit: 92 }],
    [276, 100, { start: 270, limit: 90 }],
    [1000, 1000, { start: 950, limit: 950 }],
    // Three quarters of the limit is the least that is asked for.
    [8, 4, { start: 6, limit: 3 }],
    [3, 2, { start: 2, limit: 2 }],
    [15, 10, { start: 10, limit: 10 }],
  ])("after %i records, of %i at once, is the page that reaches furthest", (end, limit, range) => {
    expect(nextRange("page-number", end, limit)).toEqual(range);
  });

  test.each([
    [5, 1, { start: 5, limit: 1 }],
    [4, 2, { start: 4, limit: 2 }],
  ])("after %i records, of %i at once, is the next one where none overlaps", (end, limit, range) => {
    expect(nextRange("page-number", end, limit)).toEqual(range);
  });

  test.each([1, 2, 3, 7, 20, 99])(
    "of %i at once is a whole page, begins early enough and goes on",
    (most) => {
      for (let end = 1; end <= 500; end++) {
        const { start, limit } = nextRange("page-number", end, most);
        expect(start % limit).toBe(0);
        expect(start).toBeLessThanOrEqual(end);
        expect(start + limit).toBeGreaterThan(end);
        expect(limit).toBeLessThanOrEqual(most);
      }
    },
  );
});

test("an aligned stretch is the page that holds an index", () => {
  expect(alignedRange(0, 10)).toEqual({ start: 0, limit: 10 });
  expect(alignedRange(9, 10)).toEqual({ start: 0, limit: 10 });
  expect(alignedRange(25, 10)).toEqual({ start: 20, limit: 10 });
});

test("a stretch is asked for as each kind of paging wants it", () => {
  const range = { start: 40, limit: 20 };
  expect(pagingParameters("none", range)).toEqual([]);
  expect(pagingParameters("page-number", range)).toEqual([
    ["limit", "20"],
    ["offset", "2"],
  ]);
  expect(pagingParameters("record-offset", range)).toEqual([
    ["limit", "20"],
    ["offset", "40"],
  ]);
});
