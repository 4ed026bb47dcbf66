import { execFileSync } from "node:child_process";
import { existsSync, globSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { extname, join, resolve } from "node:path";
import type { Browser } from "playwright-core";

import { openBrowser } from "../packages/cli/test/report-page.ts";

jest.setTimeout(300_000);

const WIDTHS = [390, 1280];
const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
};

let site: string;
let server: Server;
let browser: Browser;
let pages: readonly string[];

beforeAll(async () => {
  site = mkdtempSync(join(tmpdir(), "auditgate-site-"));
  // Without the reference of TypeScript, whose pages take a minute and three gigabytes; measured where they were made.
  const vitepress = resolve("node_modules/vitepress/bin/vitepress.js");
  execFileSync(process.execPath, [vitepress, "build", "docs", "--outDir", site], { stdio: "pipe" });
  pages = globSync("**/*.html", { cwd: site }).toSorted();
  server = createServer(({ url = "" }, response) => {
    const file = fileOf(new URL(url, "http://site").pathname);
    if (file === undefined) response.writeHead(404).end();
    else response.setHeader("content-type", TYPES[extname(file)] ?? "").end(readFileSync(file));
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  browser = await openBrowser();
});

afterAll(async () => {
  await browser.close();
  server.closeAllConnections();
  server.close();
  rmSync(site, { recursive: true });
});

/** What a server without any rule of its own finds under a path. */
function fileOf(path: string): string | undefined {
  const file = join(site, decodeURIComponent(path), path.endsWith("/") ? "index.html" : "");
  return existsSync(file) && statSync(file).isFile() ? file : undefined;
}

/** What is wider than its place, in the page: beyond the window, or cut without a sign that there is more. */
const CUT = `(() => {
  const signs = ({ backgroundAttachment, maskImage, textOverflow }) =>
    backgroundAttachment.includes("local") || maskImage !== "none" || textOverflow === "ellipsis";
  const cut = [...document.querySelectorAll(".VPSidebar, .VPDoc, .VPDoc *")].filter((element) => {
    if (element.matches(".visually-hidden") || element.clientWidth === 0) return false;
    const style = getComputedStyle(element);
    return element.scrollWidth > element.clientWidth + 1 && style.overflowX !== "visible" && !signs(style);
  });
  const wide = document.documentElement.scrollWidth > window.innerWidth ? ["the page"] : [];
  return [...wide, ...cut.map(({ tagName, className, textContent }) => [tagName, className, textContent.slice(0, 40)].join(" "))];
})()`;

test("nothing is wider than the window, and what scrolls shows it, on a phone and on a screen", async () => {
  const found: string[] = [];
  const { port } = server.address() as AddressInfo;
  const page = await browser.newPage();
  for (const name of pages) {
    await page.goto(`http://127.0.0.1:${port}/${name}`);
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 844 });
      const cut = (await page.evaluate(CUT)) as readonly string[];
      found.push(...cut.map((what) => `${name} at ${width}: ${what}`));
    }
  }
  expect(pages.length).toBeGreaterThan(60);
  expect(found).toEqual([]);
});

test("every link within the site leads to a file and a place in it, on a server without rules", () => {
  const ids = new Map(pages.map((name) => [name, idsOf(name)]));
  const links = pages.flatMap((name) =>
    [...readFileSync(join(site, name), "utf8").matchAll(/<a [^>]*?href="([^"]+)"/g)]
      .map(([, href = ""]) => new URL(href, `http://site/${name}`))
      .filter(({ origin, pathname }) => origin === "http://site" && !pathname.startsWith("/docs/api/"))
      .map(({ pathname, hash }) => ({ name, pathname, hash })),
  );
  const broken = links.filter(({ pathname, hash }) => {
    const file = fileOf(pathname);
    if (file === undefined) return true;
    return hash !== "" && !ids.get(file.slice(site.length + 1))?.has(decodeURIComponent(hash.slice(1)));
  });
  expect(links.length).toBeGreaterThan(1000);
  expect(broken).toEqual([]);
});

function idsOf(name: string): ReadonlySet<string> {
  return new Set(
    [...readFileSync(join(site, name), "utf8").matchAll(/ id="([^"]+)"/g)].map(([, id = ""]) => id),
  );
}
