import { harmless } from "../../texts/harmless.ts";
import { counted, instantText, lengthOf, listed, quoted, recordLine } from "./wording.ts";

test.each([
  ["::error::pwned", "\\u003a:error\\u003a:pwned"],
  ["##[error]pwned", "\\u0023#[error]pwned"],
  ["##vso[task.complete]", "\\u0023#vso[task.complete]"],
  ["text  ::set-output name=a::b", "text  \\u003a:set-output name=a\\u003a:b"],
  ["a\nb\u001b[31m\u202e\u2028", "a\\nb\\u001b[31m\\u202e\\u2028"],
  ["fe80::1, C:: and ## headings", "fe80::1, C:: and ## headings"],
])("%j is made harmless, once and for all", (text, safe) => {
  expect(harmless(text)).toBe(safe);
  expect(harmless(safe)).toBe(safe);
});

test("a record is one line of named values, nulls included, long ones cut", () => {
  expect(recordLine({ id: "a b", size: 3, reason: null })).toBe('id="a b" size=3 reason=null');
  expect(quoted("x".repeat(500))).toBe(`"${"x".repeat(120)}…"`);
});

test("values are listed once, the first three of them", () => {
  expect(listed(["a", null, "a"])).toBe('"a", null');
  expect(listed(["a", "b", "c", "d", "e"])).toBe('"a", "b", "c" and 2 others');
});

test.each([
  [999, "0s"],
  [59_999, "59s"],
  [60_000, "1m"],
  [3_599_000, "59m 59s"],
  [3_600_000, "1h"],
  [90_000_000, "1d 1h"],
  [86_400_000 + 59_000, "1d"],
])("%d ms are %s", (ms, text) => {
  expect(lengthOf(ms)).toBe(text);
});

test("numbers agree with their nouns, instants are UTC", () => {
  expect([counted(0, "dump"), counted(1, "dump"), counted(2, "dump")]).toEqual([
    "0 dumps",
    "1 dump",
    "2 dumps",
  ]);
  expect(instantText(Date.parse("2026-01-31T12:00:00.900+08:00"))).toBe("2026-01-31T04:00:00Z");
  expect(instantText(NaN)).toBe("an unknown time");
});
