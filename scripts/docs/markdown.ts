import MarkdownIt from "markdown-it";

import { slug } from "./slug.ts";

/** A fenced block of code. */
export interface Block {
  readonly language: string;
  /** What stands behind the language: a file's name, or `fails`. */
  readonly note: string;
  readonly code: string;
  /** Line of the page that the fence is on, from 1. */
  readonly line: number;
  /** Code that a comment before the block gives it, which readers need not see: `<!-- given … -->`. */
  readonly given: string;
}

/** A link or image, as it is written. */
export interface Link {
  readonly href: string;
  readonly line: number;
}

/** What a Markdown page consists of, as far as tests look at it. */
export interface Page {
  readonly blocks: readonly Block[];
  readonly links: readonly Link[];
  /** What links may lead to: headings, and anchors written as HTML. */
  readonly anchors: ReadonlySet<string>;
}

const markdown = new MarkdownIt({ html: true });

/** Reads a page. */
export function parsePage(text: string): Page {
  // Front matter is no Markdown.
  const front = /^---\n[^]*?\n---\n/.exec(text)?.[0] ?? "";
  const offset = front.split("\n").length;
  const blocks: Block[] = [];
  const links: Link[] = [];
  const anchors = new Set<string>();
  let given = "";
  let inHeading = false;
  for (const { type, info, content, map, children } of markdown.parse(text.slice(front.length), {})) {
    const line = (map?.[0] ?? 0) + offset;
    if (type === "fence") {
      const [language = "", ...note] = info.split(" ");
      blocks.push({ language, note: note.join(" "), code: content, line, given });
    }
    given = type === "html_block" ? (/\u003c!-- given\n([^]*?)-->/.exec(content)?.[1] ?? "") : "";
    for (const [, id = ""] of content.matchAll(/<a id="([^"]+)"/g)) anchors.add(id);
    if (inHeading) anchors.add(unique(slug(children?.map((child) => child.content).join("") ?? ""), anchors));
    inHeading = type === "heading_open";
    for (const child of children ?? []) {
      const href = child.attrGet("href") ?? child.attrGet("src");
      if (href !== null) links.push({ href: String(href), line });
    }
  }
  return { blocks, links, anchors };
}

function unique(anchor: string, taken: ReadonlySet<string>): string {
  let name = anchor;
  for (let count = 1; taken.has(name); count++) name = `${anchor}-${count}`;
  return name;
}
