import { harmless } from "@auditgate/core";
import fc from "fast-check";
import { HARMLESS } from "./expression.ts";

/** As an engine does it: JSON, then one `replace` after another. */
const written = (text: string) =>
  HARMLESS.reduce(
    (json, [pattern, replacement]) => json.replaceAll(new RegExp(pattern, "gu"), replacement),
    JSON.stringify(text),
  );

const parts = fc.constantFrom(
  "::",
  "error::",
  "##[",
  "##vso[",
  "group]",
  "section_start:",
  "section_end:",
  "a",
  "#",
  ":",
  "[",

  "\u0000",
  "\u001b[31m",
  "\u0085",
  "\u009b",
  "\u200e",
  "\u202e",
  "\u2028",
  "\u2029",
  "\ufeff",
  "\n",
  "\r",
  '"',
  "\\",
);

test("core finds nothing to make harmless in what a message quotes", () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(parts, fc.string({ unit: "binary" })), { maxLength: 12 }), (texts) => {
      const text = written(texts.join("")).replaceAll(/[\ud800-\udfff]/gu, "");
      expect(harmless(text)).toBe(text);
    }),
    { numRuns: 2_000 },
  );
});
