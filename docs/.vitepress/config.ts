import { defineConfig } from "vitepress";

import { slug } from "../../scripts/docs/slug.ts";
import { indentedCode } from "./indented-code.ts";
import { siteLinks } from "./links.ts";
import { navigation, sidebar } from "./navigation.ts";

const root = new URL("../..", import.meta.url).pathname;

/** The site is the repository's own Markdown, page for page, where it lies; so every link works on code hosts too. */
export default defineConfig({
  title: "auditgate",
  description: "Audit trails of Huawei Cloud and Open Telekom Cloud databases as outputs and as gates.",
  lang: "en",
  srcDir: "..",
  srcExclude: ["**/node_modules/**", "**/cdktf.out/**", "**/dist/**", ".*/**"],
  rewrites: (page) => page.replace(/(^|\/)README\.md$/, "$1index.md"),
  // With its ending, a deep link leads to a file on any server.
  cleanUrls: false,
  markdown: {
    anchor: { slugify: slug },
    config: (markdown) => {
      siteLinks(markdown, root);
      indentedCode(markdown);
    },
  },
  themeConfig: {
    nav: navigation,
    sidebar,
    outline: { level: [2, 3] },
    search: { provider: "local" },
    footer: {
      message: "Apache License 2.0. Not made by, nor affiliated with, the clouds whose APIs it reads.",
    },
  },
  vite: { server: { fs: { allow: [root] } } },
});
