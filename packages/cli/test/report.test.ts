import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { VerdictFile } from "@auditgate/core";
import { type Emulator, sample, startEmulator } from "@auditgate/emulator";
import type { Browser, Page } from "playwright-core";
import { barriersOf, openBrowser, openPage, overflows } from "./report-page.ts";
import { auditgate } from "./run.ts";

jest.setTimeout(180_000);

const DAY_MS = 86_400_000;
const day = (offset: number) => new Date(Date.now() + offset * DAY_MS).toISOString().slice(0, 10);

/** Every rule that a time line shows, over all that the sample holds. */
const POLICY = `version: 1
dwsAuditDumpRecords:
  - { clusterIds: ["*"], within: 7d, maxAge: 24h, maxFailures: 0, maxGap: 2h, maxRunning: 10m }
dwsParameterModificationRecords:
  - clusterIds: ["*"]
    within: 30d
    noPending: true
    maxFailed: 0
    freezeWindows: [{ start: "${day(-8)}T00:00:00Z", end: "${day(-6)}T00:00:00Z" }]
ddsAuditLogs:
  - { instanceIds: ["*"], nodeIds: ["*"], within: 3d, maxAge: 6h, maxGap: 6h }
`;
const WIDTHS = [390, 800, 1280];

let emulator: Emulator;
let browser: Browser;
let folder: string;

beforeAll(async () => {
  [emulator, browser] = await Promise.all([startEmulator(), openBrowser()]);
});
afterAll(() => Promise.all([emulator.close(), browser.close()]));
beforeEach(async () => {
  await emulator.reset();
  folder = mkdtempSync(join(tmpdir(), "auditgate-report-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const file = () => join(folder, "report.html");
const run = (...args: readonly string[]) => auditgate(args, { env: emulator.env, cwd: folder });

/** The report of a policy, and the verdict of the same instant. */
async function reported(policy: string): Promise<VerdictFile> {
  writeFileSync(join(folder, "policy.yaml"), policy);
  const at = ["--at", new Date(Date.now() - 30_000).toISOString(), "--quiet"];
  const { code, stdout } = await run("check", "policy.yaml", "--format", "json", ...at);
  const { code: same, stderr } = await run("report", "policy.yaml", "--output", "report.html", ...at);
  expect({ same, stderr }).toEqual({ same: code, stderr: "" });
  return JSON.parse(stdout) as VerdictFile;
}

/** Of each trail on the page: whose it is, its red marks by rule, and the rules that it says are broken. */
interface Shown {
  readonly subject: string;
  readonly query: string;
  readonly red: readonly string[];
  readonly rules: readonly string[];
}

const SHOWN = `[...document.querySelectorAll("article")].map((article) => ({
  subject: article.querySelector("h3 code").textContent,
  query: article.querySelector("h3").textContent,
  red: [...article.querySelectorAll("rect.violation")].flatMap((rect) => rect.dataset.rule.split(" ")),
  rules: [...article.querySelectorAll("dl.violation")].map((list) => list.dataset.rule),
}))`;
const shownIn = (page: Page) => page.evaluate(SHOWN) as Promise<readonly Shown[]>;

test("the report shows every failed dump, gap, change and silent node that the verdict names, and nothing else in red", async () => {
  const { targets } = await reported(POLICY);
  const [target] = targets;
  if (!target) throw new Error("no target");
  const { page } = await openPage(browser, file());
  const shown = await shownIn(page);
  const count = (texts: readonly string[]) =>
    Object.fromEntries([...Map.groupBy(texts, (text) => text)].map(([text, all]) => [text, all.length]));

  const named = target.acknowledgeable.map(({ ruleId, subject }) => `${ruleId} of ${subject}`);
  // What is not there at all has no record that could be named: a node without logs, a cluster without dumps.
  const absent = target.violations
    .filter(({ ruleId, subject }) => !named.includes(`${ruleId} of ${subject}`))
    .map(({ ruleId, subject }) => `${ruleId} of ${subject}`);
  expect(count(shown.flatMap(({ red, subject }) => red.map((rule) => `${rule} of ${subject}`)))).toEqual(
    count([...named, ...absent]),
  );
  for (const rule of [
    "dws.dump.max-failures",
    "dws.dump.max-running",
    "dws.modification.no-pending",
    "dws.modification.max-failed",
    "dws.modification.freeze-windows",
    "dds.log.max-gap",
    "dds.log.node-ids",
  ])
    expect(shown.some(({ red }) => red.includes(rule))).toBe(true);
  expect(count(shown.flatMap(({ rules, subject }) => rules.map((rule) => `${rule} of ${subject}`)))).toEqual(
    count(target.violations.map(({ ruleId, subject }) => `${ruleId} of ${subject}`)),
  );
  // In the order of a reader: what is wrong, then what is in order.
  const wrong = shown.map(({ rules }) => rules.length > 0);
  expect(wrong).toEqual(wrong.toSorted((one, other) => Number(other) - Number(one)));
  expect(shown).toHaveLength(target.readings.filter(({ subject }) => subject !== "*").length);
});

test("a gap between two dumps is one red bar, from where the one ends to where the next begins", async () => {
  const HOUR_MS = 3_600_000;
  const now = Math.floor(Date.now() / HOUR_MS) * HOUR_MS;
  // One dump an hour for a day and a half, of which seven in the middle are missing.
  const hours = Array.from({ length: 36 }, (_, index) => index).filter((hour) => hour < 12 || hour > 18);
  const instant = (hour: number) => new Date(now - hour * HOUR_MS).toISOString();
  emulator.update(({ clusters }) => {
    const healthy = clusters.find(({ id }) => id === sample.clusters.healthy);
    if (!healthy) throw new Error("the sample has no such cluster");
    healthy.dumps = hours.map((hour) => ({
      cluster_id: healthy.id,
      executor_time: instant(hour),
      begin_time: instant(hour + 1),
      end_time: instant(hour),
      bucket_name: "audit",
      location_prefix: "dumps",
      result: "SUCCESS",
      failed_reason: null,
    }));
  });
  await reported(`version: 1
dwsAuditDumpRecords:
  - { clusterIds: ["${sample.clusters.healthy}"], within: 1d, maxGap: 2h }
`);
  const { page } = await openPage(browser, file());
  const bars = (await page.evaluate(`[...document.querySelectorAll("article rect")].map((bar) => {
    const { left, right } = bar.getBoundingClientRect();
    return { state: bar.classList[0], against: bar.classList.contains("violation"), left, right,
      fill: getComputedStyle(bar).fill, title: bar.textContent };
  })`)) as readonly {
    readonly state: string;
    readonly against: boolean;
    readonly left: number;
    readonly right: number;
    readonly fill: string;
    readonly title: string;
  }[];
  const [gap, ...others] = bars.filter(({ against }) => against);
  if (!gap) throw new Error("nothing is red");
  expect(others).toEqual([]);
  expect(gap.state).toBe("gap");
  expect(gap.fill).toContain("#stripes-bad");
  const lane = bars.filter(({ state }) => state === "done");
  const before = Math.max(...lane.filter(({ left }) => left < gap.left).map(({ right }) => right));
  const after = Math.min(...lane.filter(({ left }) => left > gap.left).map(({ left }) => left));
  // A bar is drawn to a hundredth of the width, and never thinner than can be seen.
  const near = (await page.evaluate("window.innerWidth * 0.01")) as number;
  expect(Math.abs(gap.left - before)).toBeLessThan(near);
  expect(Math.abs(gap.right - after)).toBeLessThan(near);
  expect(gap.right - gap.left).toBeGreaterThan(near);
});

const RED = `(() => {
  const probe = document.createElement("i");
  probe.style.color = "var(--bad)";
  document.body.append(probe);
  const red = getComputedStyle(probe).color;
  probe.remove();
  return [...document.body.querySelectorAll("*")]
    .filter((element) => !element.closest("dl.violation, rect.violation, .legend, pattern"))
    .filter((element) => {
      const { color, fill, stroke, backgroundColor } = getComputedStyle(element);
      return [color, fill, stroke, backgroundColor].includes(red);
    })
    .map((element) => element.outerHTML.slice(0, 200));
})()`;

test.each(["light", "dark"] as const)(
  "in %s, at three widths and in print, nobody is kept from reading, nothing is cut off, and nothing is asked for",
  async (colorScheme) => {
    await reported(POLICY);
    for (const width of WIDTHS) {
      const options = { colorScheme, viewport: { width, height: 900 } };
      const { page, requests } = await openPage(browser, file(), options);
      expect([width, await barriersOf(page)]).toEqual([width, []]);
      expect([width, await overflows(page)]).toEqual([width, false]);
      expect(await page.evaluate(RED)).toEqual([]);
      expect(requests).toEqual([]);
      await page.emulateMedia({ media: "print", colorScheme: null });
      const pdf = await page.pdf({ format: "A4", printBackground: true });
      expect(pdf.subarray(0, 5).toString()).toBe("%PDF-");
      expect(await page.evaluate(`getComputedStyle(document.body).color`)).toBe("rgb(0, 0, 0)");
      await page.context().close();
    }
  },
);

test("what a service or a person has written is text, and the page has no script and no address of anything outside", async () => {
  const hostile = `</title></rect></svg><script>document.title="x"</script><img src="http://127.0.0.1/x">`;
  await fetch(`${emulator.url}/_emulator/clusters/${sample.clusters.healthy}/dumps/latest`, {
    method: "PATCH",
    body: JSON.stringify({ result: "FAILED", failed_reason: hostile }),
  });
  await reported(POLICY);
  const { page, requests } = await openPage(browser, file());
  expect(
    await page.evaluate(`document.querySelectorAll("script, img, link, iframe, [onload], [onerror]").length`),
  ).toBe(0);
  expect(await page.title()).toMatch(/^The gate is closed/);
  expect(await page.evaluate(`document.body.textContent`)).toContain(hostile);
  expect(requests).toEqual([]);
  expect(readFileSync(file(), "utf8")).not.toMatch(/(?:src|href)="(?!#)/);
});

test("what is acknowledged has its own colour, its reason and its end, and is not red", async () => {
  await fetch(`${emulator.url}/_emulator/clusters/${sample.clusters.healthy}/dumps/latest`, {
    method: "PATCH",
    body: JSON.stringify({ result: "FAILED", failed_reason: "The bucket is full." }),
  });
  const rules = `version: 1
dwsAuditDumpRecords:
  - { clusterIds: ["${sample.clusters.healthy}"], within: 7d, maxFailures: 0 }
`;
  const { targets } = await reported(rules);
  const record = targets[0]?.acknowledgeable[0]?.record.executorTime;
  const { passed } = await reported(`${rules}acknowledged:
  - rule: dws.dump.max-failures
    subject: "${sample.clusters.healthy}"
    record: { executorTime: "${record}" }
    reason: the bucket was full
    since: "${day(-1)}"
    until: "${day(10)}"
`);
  expect(passed).toBe(true);
  const { page } = await openPage(browser, file());
  const count = (selector: string) => page.locator(selector).count();
  expect(await count("article rect.violation")).toBe(0);
  expect(await count("article rect.acknowledged")).toBe(1);
  expect(await page.locator("li.acknowledged").textContent()).toContain(
    `Acknowledged until ${day(10)}: the bucket was full`,
  );
  expect(await page.locator("h1").textContent()).toContain("passed with 1 acknowledged");
});

test("many targets are a matrix, the worst first, with links to each", async () => {
  const { AUDITGATE_DWS_ENDPOINT: dws = "" } = emulator.env;
  await reported(`version: 1
targets:
  - { name: fine, region: eu-de, endpoints: { dws: "${dws}" } }
  - { name: away, region: eu-nl, projectId: nowhere, endpoints: { dws: "http://127.0.0.1:1" }, maxRetries: 0 }
dwsAuditDumpRecords:
  - { clusterIds: ["${sample.clusters.healthy}"], maxFailures: 0 }
`);
  const { page } = await openPage(browser, file());
  const columns = await page.locator(".matrix thead th").allTextContents();
  expect(columns).toEqual(["account", "eu-nl", "eu-de"]);
  expect(await page.locator(".chip").allTextContents()).toEqual([
    "away: closed, 1 violation",
    "fine: passed",
  ]);
  for (const link of await page.locator("a").all()) {
    const id = (await link.getAttribute("href"))?.slice(1) ?? "";
    expect(await page.evaluate(`document.getElementById(${JSON.stringify(id)}) !== null`)).toBe(true);
  }
});

test("200 clusters stay readable, and below 2 MB", async () => {
  const newest = new Date().toISOString();
  emulator.update((data) => {
    for (let index = 0; index < 200; index++) {
      const id = `be0c4000-0000-4000-8000-${String(index).padStart(12, "0")}`;
      const dumps = { generate: { count: 168, newest, everySeconds: 3600 } };
      data.clusters.push({
        id,
        name: `c-${index}`,
        projectId: sample.project.id,
        dumps,
        parameterChanges: [],
      });
    }
  });
  await reported(`version: 1
dwsAuditDumpRecords:
  - { clusterIds: ["*"], within: 7d, maxAge: 24h, maxFailures: 0, maxGap: 3h }
dwsParameterModificationRecords:
  - { clusterIds: ["*"], within: 30d, noPending: true }
`);
  expect(statSync(file()).size).toBeLessThan(2e6);
  for (const width of WIDTHS) {
    const { page } = await openPage(browser, file(), { viewport: { width, height: 900 } });
    expect([width, await overflows(page)]).toEqual([width, false]);
    const shown = await shownIn(page);
    expect(shown.length).toBeGreaterThan(400);
    // What is wrong is seen without a search among the many that are not.
    expect(shown.findLastIndex(({ rules }) => rules.length > 0)).toBeLessThan(10);
    await page.context().close();
  }
});
