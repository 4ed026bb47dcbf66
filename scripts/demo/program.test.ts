import { changesOf } from "./program.ts";

test("single values that differ are listed by path, in order, at any depth", () => {
  const before = { b: 1, a: { list: [{ x: 1, y: 2 }], same: true }, gone: "yes" };
  const after = { b: 2, a: { list: [{ x: 1, y: 3 }, { x: 9 }], same: true } };
  expect(changesOf(before, after)).toEqual([
    { path: "a.list[0].y", before: 2, after: 3 },
    { path: "a.list[1].x", before: undefined, after: 9 },
    { path: "b", before: 1, after: 2 },
    { path: "gone", before: "yes", after: undefined },
  ]);
});

test("equal outputs have no changes", () => {
  expect(changesOf({ a: [null, { b: "c" }] }, { a: [null, { b: "c" }] })).toEqual([]);
});
