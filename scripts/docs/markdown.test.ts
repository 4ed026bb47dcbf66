import { parsePage } from "./markdown.ts";

const PAGE = `---
title: a
---
# One \`two\`: three

See [here](there.md#x) and ![this](picture.svg).

<a id="own"></a>

<!-- given
declare const x: string;
-->

\`\`\`ts main.ts
x;
\`\`\`

## Again

\`\`\`sh
[not](a-link.md)
\`\`\`

## Again
`;

test("a page has its links, its anchors as code hosts name them, and its blocks with what they are given", () => {
  const { links, anchors, blocks } = parsePage(PAGE);
  expect(links).toEqual([
    { href: "there.md#x", line: 6 },
    { href: "picture.svg", line: 6 },
  ]);
  expect([...anchors]).toEqual(["one-two-three", "own", "again", "again-1"]);
  expect(blocks).toEqual([
    { language: "ts", note: "main.ts", code: "x;\n", line: 14, given: "declare const x: string;\n" },
    { language: "sh", note: "", code: "[not](a-link.md)\n", line: 20, given: "" },
  ]);
});
