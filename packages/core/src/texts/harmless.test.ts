import fc from "fast-check";
import { harmless, harmlessWithin } from "./harmless.ts";

/** What runners of GitHub, Azure and GitLab, and terminals, obey. */
const commands = [
  "::error::",
  "::error file=a.ts,line=1::m",
  "::add-mask::x",
  "::set-output name=x::y",
  "::stop-commands::token",
  "::group::x",
  "::endgroup::",
  "::Warning::",
  "##[group]x",
  "##[error]x",
  "##[command]x",
  "##[set-env name=x]y",
  "##vso[task.setvariable variable=x]y",
  "##vso[task.complete result=Succeeded;]",
  "##teamcity[buildStatus]",
  "section_start:1560896352:x[collapsed=true]\r\u001b[0K",
  "section_end:1560896352:x\r\u001b[0K",
  "\u001b[31m",
  "\u001b]8;;http://x\u0007",
  "\u009b31m",
  "\u0090",
  "\r",
  "\n",
  "\r\n",
  "\v",
  "\f",
  "\u0085",
  "\u2028",
  "\u2029",
  "\b\b\b",
  "\u0000",
  "\u007f",
  "\u202e",
  "\u2066",
  "\u200f",
  "\u061c",
  "\ufeff",
  "\u200b",
  "\u{e0041}",
  "\ud800",
];

/** A line that someone obeys, however whoever prints it breaks it. */
const OBEYED = /::[a-z]|##\w*\[|section_(?:start|end):|[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/iu;

test.each(commands)("%j is obeyed by nobody", (command) => {
  for (const text of [
    command,
    `x${command}`,
    `  ${command}y`,
    `${command}${command}`,
    `:${command}`,
    `#${command}`,
  ])
    expect(harmless(text)).not.toMatch(OBEYED);
});

test("10,000 texts out of everything that is obeyed are harmless, short, and stay so", () => {
  const piece = fc.oneof(
    fc.constantFrom(...commands),
    fc.constantFrom(":", "::", "#", "##", "[", "\\u003a", "vso", "error", "section_", "start:"),
    fc.string({ unit: "binary", maxLength: 5 }),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), fc.integer({ min: 1, max: 60 }), (pieces, longest) => {
      const text = harmlessWithin(longest, pieces.join(""));
      expect(text).not.toMatch(OBEYED);
      expect(text.length).toBeLessThanOrEqual(longest);
      expect(harmlessWithin(longest, text)).toBe(text);
    }),
  );
});

test("what people write stays as it is", () => {
  const text = 'Größe: 12 µm, "审计" 😀 [1/2] # 3 a::1 C:\\temp ## title http://x:8080/?a=b#c';
  expect(harmless(text)).toBe(text);
});

test("five megabytes become a line", () => {
  expect(harmless("x".repeat(5_000_000))).toHaveLength(2000);
  expect(harmless("\n".repeat(5_000_000))).toHaveLength(2000);
});
