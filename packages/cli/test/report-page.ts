import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import type { AxeResults } from "axe-core";
import { locateBrowser } from "../../../scripts/browser/locate.ts";

/** A real Chromium, that reads pages from files and nothing else. */
export function openBrowser(): Promise<Browser> {
  const { executablePath, args, env } = locateBrowser();
  return chromium.launch({ executablePath, args: [...args], env });
}

/** A page of a file, and what it has asked for beside itself. */
export interface Opened {
  readonly page: Page;
  readonly requests: readonly string[];
}

/** Opens a file as a reader does who was sent it. */
export async function openPage(
  browser: Browser,
  file: string,
  options: BrowserContextOptions = {},
): Promise<Opened> {
  // What looks for barriers has to run in the page, whose own policy is that nothing does.
  const context = await browser.newContext({ ...options, bypassCSP: true });
  const page = await context.newPage();
  const requests: string[] = [];
  page.on("request", (request) => requests.push(request.url()));
  page.on("console", (message) => requests.push(`console: ${message.text()}`));
  await page.goto(`file://${file}`);
  return { page, requests: requests.filter((url) => url !== `file://${file}`) };
}

const AXE = readFileSync(createRequire(__filename).resolve("axe-core/axe.min.js"), "utf8");

/** What keeps people from reading a page, each with where. */
export async function barriersOf(page: Page): Promise<readonly string[]> {
  await page.evaluate(AXE);
  const { violations } = (await page.evaluate("axe.run()")) as AxeResults;
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`),
  );
}

/** Whether anything is wider than the window. */
export function overflows(page: Page): Promise<boolean> {
  return page.evaluate("document.documentElement.scrollWidth > window.innerWidth");
}
