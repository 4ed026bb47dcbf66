import { literalsIn } from "./literals.ts";

test("literals are found with their flags and lines, wherever they stand", () => {
  const text = 'const a = /x\\/y/gi;\nf(b.replace(/[/]/u, ""));\nconst c = new RegExp("d+", "m");\n';
  expect(literalsIn("a.ts", text)).toEqual([
    { source: "x\\/y", flags: "gi", line: 1 },
    { source: "[/]", flags: "u", line: 2 },
    { source: "d+", flags: "m", line: 3 },
  ]);
});

test("what only looks like one is none", () => {
  expect(literalsIn("a.ts", 'const half = 1 / 2 / 3; // /no/\nconst url = "/a/b";\n')).toEqual([]);
});

test("one that is put together at run time is refused by its place", () => {
  expect(() => literalsIn("a.ts", "\nnew RegExp(`${name}+`);")).toThrow(/^a\.ts:2: /);
});

test("a pattern that is declared as a text is found, and may become an expression", () => {
  const text = 'const a = { pattern: { source: "d+", expected: "digits" } };\nnew RegExp(pattern.source);\n';
  expect(literalsIn("a.ts", text)).toEqual([{ source: "d+", flags: "", line: 1 }]);
});
