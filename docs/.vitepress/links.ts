import { existsSync, statSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";

import type { MarkdownRenderer } from "vitepress";

/**
 * Leads links between files of the repository to the pages they have become: a folder or its README to the folder's
 * page. Links to what is no page, such as an example's program, become plain text.
 */
export function siteLinks(markdown: MarkdownRenderer, root: string): void {
  markdown.core.ruler.push("site-links", ({ tokens, env }) => {
    const { realPath, path } = env as { readonly realPath?: string; readonly path: string };
    const folder = dirname(realPath ?? path);
    for (const { children } of tokens) {
      let dropped = false;
      for (const token of children ?? []) {
        if (token.type === "link_open") {
          const page = pageOf(String(token.attrGet("href")), folder, root);
          dropped = page === undefined;
          if (page !== undefined) token.attrSet("href", page);
        }
        if (dropped && token.type.startsWith("link_")) {
          token.tag = "span";
          token.type = token.type.replace("link", "no_link");
          token.attrs = null;
        }
        if (token.type === "no_link_close") dropped = false;
      }
    }
  });
}

function pageOf(href: string, folder: string, root: string): string | undefined {
  if (/^(?:[a-z]+:|#|\/)/i.test(href)) return href;
  const [path = "", anchor] = href.split("#");
  const target = resolve(folder, path);
  const hash = anchor === undefined ? "" : `#${anchor}`;
  const page = (file: string) => `/${relative(root, file).replaceAll("\\", "/")}${hash}`;
  if (existsSync(target) && statSync(target).isDirectory()) {
    return existsSync(join(target, "README.md")) ? page(join(target, "index.md")) : undefined;
  }
  if (!target.endsWith(".md")) return undefined;
  return page(target.replace(/README\.md$/, "index.md"));
}
