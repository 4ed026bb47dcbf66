import { duration } from "./duration.ts";

test.each([
  [40, "0.0 s"],
  [9_949, "9.9 s"],
  [9_950, "10 s"],
  [59_499, "59 s"],
  [59_500, "1 min 00 s"],
  [185_000, "3 min 05 s"],
])("%d ms is written as %s", (ms, text) => {
  expect(duration(ms)).toBe(text);
});
