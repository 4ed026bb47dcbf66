import type { Program } from "./program.ts";
import { changeTable, outputTables } from "./tables.ts";

const program = (columns: Program["columns"]): Program => ({
  title: "",
  deploy: [],
  previewCommand: "",
  columns,
  outputs: () => ({}),
  preview: async () => ({}),
});

/** Without the escape sequences of bold text. */
function plain(text: string): string {
  // oxlint-disable-next-line no-control-regex -- they begin with one
  return text.replaceAll(/\u001b\[\d+m/g, "");
}

test("single values share a table, an object is one row, and a list has a table of its own", () => {
  const outputs = {
    headline: "all is well",
    summary: { failed: 0, by_node: [{ node: "n1", count: 7 }] },
    firsts: [{ a: 1, b: null, c: 3 }],
  };
  expect(plain(outputTables(program({ firsts: ["a", "b"] }), outputs))).toBe(
    [
      "  output    value",
      "  headline  all is well",
      "  summary   failed 0",
      "",
      "  summary.by_node",
      "  node  count",
      "  n1    7",
      "",
      "  firsts",
      "  a  b",
      "  1  –",
    ].join("\n"),
  );
});

test("a long list is cut, and says so", () => {
  const text = plain(outputTables(program({}), { list: Array.from({ length: 9 }, (_, n) => ({ n })) }));
  expect(text).toContain("list (first 5 of 9)");
  expect(text.endsWith("\n  4")).toBe(true);
});

test("what controls a terminal is escaped, in values and in changes", () => {
  const hostile = "\u001b[2J\n::error::x";
  const change = { path: "a", before: hostile, after: 1 };
  for (const text of [outputTables(program({}), { a: hostile }), changeTable([change], ["old", "new"])]) {
    expect(plain(text)).toContain("\\u001b[2J\\n\\u003a:error\\u003a:x");
  }
});
