import type { MarkdownRenderer } from "vitepress";

/** Gives code that is written by indentation the box of a fenced block, which scrolls where it is wider than the page. */
export function indentedCode(markdown: MarkdownRenderer): void {
  markdown.core.ruler.push("indented-code", ({ tokens }) => {
    for (const token of tokens) if (token.type === "code_block") token.type = "fence";
  });
}
