import {
  type Client,
  type Completion,
  createClient,
  ddsAuditLogs,
  type DdsAuditLogsArgs,
  dwsAuditDumpRecords,
  dwsParameterModificationRecords,
  type Page,
  type PageOptions,
  pages,
} from "@auditgate/core";
import { type Emulator, sample, startEmulator } from "@auditgate/emulator";

let emulator: Emulator;
let client: Client;

beforeAll(async () => {
  emulator = await startEmulator();
});

beforeEach(() => {
  client = createClient({ env: emulator.env, timeoutMs: 6000 });
});

afterEach(async () => {
  await client.close();
  await emulator.reset();
});

afterAll(() => emulator.close());

const { clusters, instances } = sample;

const changes = (options?: PageOptions) =>
  pages(client, dwsParameterModificationRecords, { clusterId: clusters.busy }, options);
const dumps = (options?: PageOptions) =>
  pages(client, dwsAuditDumpRecords, { clusterId: clusters.healthy }, options);
const logs = (args: Partial<DdsAuditLogsArgs>, options?: PageOptions) =>
  pages(client, ddsAuditLogs, { instanceId: instances.healthy, ...args }, options);

async function collect<Row>(source: AsyncGenerator<Page<Row>, Completion>) {
  const found: Page<Row>[] = [];
  let result = await source.next();
  for (; !result.done; result = await source.next()) found.push(result.value);
  return { ...result.value, pages: found, records: found.flatMap(({ records }) => records) };
}

/** Ends of a window that is so many days long and ended at the start of an hour. */
function daysUntil(end: string, days: number) {
  const startTime = new Date(Date.parse(end) - days * 86_400_000).toISOString();
  return { startTime, endTime: end };
}

/** A whole hour two days ago: the emulator's data ends now. */
const END = new Date((Math.floor(Date.now() / 3_600_000) - 48) * 3_600_000).toISOString();

const idsOf = (rows: readonly { readonly id: string | null }[]) => rows.map(({ id }) => id);

test.each([
  [{ ahead: 3 }, 3],
  [{}, 16],
])("a reader that pauses with %j has %i further pages fetched, and no more", async (options, further) => {
  const source = changes({ pageSize: 10, ...options });
  await source.next();
  await source.next();
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(emulator.requests.filter(({ path }) => path.includes("audit-records"))).toHaveLength(1 + further);
  await source.return(undefined as never);
});

test.each([
  [{}, 2],
  [{ ahead: 32 }, 3],
  [{ ahead: 64 }, 4],
])("a reader that pauses with %j has %i windows under way", async (options, windows) => {
  const source = logs({ last: "95d" }, options);
  await source.next();
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(new Set(emulator.requests.map(({ query }) => query["start_time"])).size).toBe(windows);
  await source.return(undefined as never);
});

test("each of many windows is asked for once", async () => {
  const { records, incompleteReason } = await collect(logs({ last: "175d" }, { ahead: 64 }));
  expect(incompleteReason).toBeUndefined();
  expect(new Set(idsOf(records)).size).toBe(records.length);
  const first = emulator.requests.filter(({ query }) => query["offset"] === "0");
  expect(first).toHaveLength(6);
  expect(new Set(first.map(({ query }) => query["start_time"])).size).toBe(6);
});

describe("the outcome", () => {
  test("tells what was read, and by which requests", async () => {
    const { records, pages: found, requestIds, servedAt, dates, ...outcome } = await collect(changes());
    expect(outcome).toEqual({
      total: 2600,
      count: 2600,
      incompleteReason: undefined,
      moved: false,
      window: undefined,
    });
    expect(new Set(idsOf(records)).size).toBe(2600);
    expect(found[0]).toMatchObject({ offset: 0, total: 2600 });
    expect(new Set(requestIds).size).toBe(emulator.requests.length);
    expect(requestIds.length).toBe(emulator.requests.length);
    expect(Math.abs((servedAt ?? 0) - Date.now())).toBeLessThan(60_000);
    expect(dates.problem).toBeUndefined();
  });

  test("has the time of the latest answer, whichever came last", async () => {
    emulator.inject({ nth: 1, times: 1, headers: { Date: "Sat, 31 Jan 2026 12:00:00 GMT" } });
    emulator.inject({ nth: 2, headers: { Date: "Fri, 30 Jan 2026 12:00:00 GMT" } });
    const { servedAt } = await collect(changes({ pageSize: 1000 }));
    expect(servedAt).toBe(Date.parse("2026-01-31T12:00:00Z"));
  });

  test("has no total where the service reports none", async () => {
    emulator.inject({ total: "absent" });
    expect(await collect(changes())).toMatchObject({ total: null, count: 2600, incompleteReason: undefined });
  });

  test("says by how much the service's total differs", async () => {
    emulator.inject({ total: { add: 7 } });
    expect(await collect(dumps())).toMatchObject({
      count: 336,
      total: 343,
      moved: false,
      incompleteReason: "total-mismatch: 336 records were read, but the service reports 343",
    });
  });

  test("counts what an offset leaves out as read", async () => {
    emulator.inject({ total: { add: 7 } });
    expect(await collect(changes({ offset: 100 }))).toMatchObject({
      count: 2500,
      incompleteReason: "total-mismatch: 2600 records were read, but the service reports 2607",
    });
  });

  test("says how the list moved, before anything else that is wrong", async () => {
    emulator.inject({ nth: 2, total: { add: -7 } });
    expect(await collect(changes({ pageSize: 1000 }))).toMatchObject({
      moved: true,
      incompleteReason: "shifting-pages: the list moved while it was read: the total fell from 2600 to 2593",
    });
  });
});

describe("maxRecords", () => {
  test("ends a reading and says that there is more, and of how many if that is known", async () => {
    const reading = await collect(dumps({ maxRecords: 5 }));
    expect(reading).toMatchObject({
      count: 5,
      total: 336,
      moved: false,
      incompleteReason:
        "truncated: only the first 5 records of the 336 that the service reports were read (maxRecords)",
    });
    expect(reading.records).toHaveLength(5);
    emulator.inject({ total: "absent" });
    expect(await collect(dumps({ maxRecords: 5 }))).toMatchObject({
      total: null,
      incompleteReason: "truncated: only the first 5 records were read (maxRecords)",
    });
  });

  test("holds over several pages, and asks for no page that is larger than needed", async () => {
    await collect(changes({ maxRecords: 20 }));
    expect(emulator.requests[0]?.query).toMatchObject({ limit: "21" });
    const reading = await collect(changes({ maxRecords: 150 }));
    expect(reading.records).toHaveLength(150);
    expect(reading.pages.map(({ records }) => records.length)).toEqual([100, 50]);
  });

  test("is no truncation where there are just as many, or fewer", async () => {
    for (const maxRecords of [2600, 2601]) {
      expect(await collect(changes({ maxRecords }))).toMatchObject({
        count: 2600,
        incompleteReason: undefined,
      });
    }
    expect(await collect(changes({ maxRecords: 2599 }))).toMatchObject({ count: 2599 });
  });

  test("holds over several windows, of which no total is known then", async () => {
    const first = await collect(logs(daysUntil(END, 30)));
    const reading = await collect(logs(daysUntil(END, 40), { maxRecords: first.count + 10 }));
    expect(reading.records).toHaveLength(first.count + 10);
    expect(reading).toMatchObject({
      count: first.count + 10,
      total: null,
      incompleteReason: expect.stringMatching(/^truncated: only the first \d+ records were read/),
    });
  });
});

describe("pageSize and offset", () => {
  test("say how many are asked for at once, and where reading begins", async () => {
    const { records, pages: found } = await collect(changes({ pageSize: 500, offset: 1000 }));
    expect(found[0]?.offset).toBe(1000);
    expect(records).toHaveLength(1600);
    // Requests for logs, which the test before has abandoned, may still be coming in.
    const [first] = emulator.requests.filter(({ path }) => path.includes("audit-records"));
    expect(first?.query).toMatchObject({ limit: "500", offset: "2" });
    const all = await collect(changes());
    expect(idsOf(records)).toEqual(idsOf(all.records.slice(1000)));
  });

  test("an offset behind the end is an empty and complete reading", async () => {
    expect(await collect(changes({ offset: 2700 }))).toMatchObject({
      count: 0,
      total: 2600,
      incompleteReason: undefined,
    });
  });

  test("an offset has to begin in the one window that there is", async () => {
    expect(await collect(logs(daysUntil(END, 30), { offset: 10 }))).toMatchObject({
      incompleteReason: undefined,
    });
    await expect(collect(logs(daysUntil(END, 31), { offset: 10 }))).rejects.toMatchObject({
      code: "ERR_ARGUMENT",
      argument: "offset",
      message: "offset needs a window of at most 30 days.",
    });
    expect(await collect(logs(daysUntil(END, 31), { offset: 0 }))).toMatchObject({ moved: false });
  });

  test.each<[keyof PageOptions, number, number]>([
    ["offset", 0, -1],
    ["offset", 0, 1.5],
    ["maxRecords", 1, 0],
    ["pageSize", 1, 0],
    ["pageSize", 1, Number.NaN],
  ])("%s has to be a whole number from %i, not %d", async (argument, least, value) => {
    await expect(collect(changes({ [argument]: value }))).rejects.toMatchObject({
      code: "ERR_ARGUMENT",
      argument,
      message: `${argument} must be a whole number from ${least}, not ${value}.`,
    });
    expect(emulator.requests).toEqual([]);
  });

  test("a query that is not paged takes a page size of 0", async () => {
    expect(await collect(dumps({ pageSize: 0 }))).toMatchObject({ count: 336 });
  });
});

describe("a window that is longer than 30 days", () => {
  test("is read in parts, oldest first, and no log of two parts comes twice", async () => {
    const { records, count, total, window, incompleteReason } = await collect(logs(daysUntil(END, 70)));
    const ids = idsOf(records);
    expect(new Set(ids).size).toBe(ids.length);
    expect({ count, total, incompleteReason }).toEqual({
      count: ids.length,
      total: ids.length,
      incompleteReason: undefined,
    });
    // Three nodes, a log of each every two hours.
    expect(Math.abs(count - 70 * 12 * 3)).toBeLessThanOrEqual(6);
    expect(window).toEqual(daysUntil(END, 70));
    const starts = emulator.requests.map(({ query }) => query["start_time"]);
    expect(new Set(starts).size).toBe(3);
  });

  test("has no total where one of its parts has none", async () => {
    const { total } = await collect(logs(daysUntil(END, 40)));
    expect(total).not.toBeNull();
    const start = emulator.requests[0]?.query["start_time"] ?? "";
    emulator.inject({ total: "absent", query: { start_time: start } });
    expect(await collect(logs(daysUntil(END, 40)))).toMatchObject({
      total: null,
      incompleteReason: undefined,
    });
  });

  test("tells where only a later part moved", async () => {
    await collect(logs(daysUntil(END, 40)));
    const starts = emulator.requests.map(({ query }) => query["start_time"] ?? "");
    const later = starts.find((start) => start !== starts[0]) ?? "";
    emulator.inject({ query: { start_time: later }, nth: 2, total: { add: -7 } });
    expect(await collect(logs(daysUntil(END, 40)))).toMatchObject({
      moved: true,
      incompleteReason: expect.stringMatching(/^shifting-pages: .* the total fell from \d+ to \d+$/),
    });
  });

  test("without identities keeps every record of both parts", async () => {
    const own = await collect(logs(daysUntil(END, 40)));
    emulator.inject({ rows: "no-ids" });
    const { count } = await collect(logs(daysUntil(END, 40)));
    // The day by which the parts overlap counts twice.
    expect(count).toBeGreaterThan(own.count);
  });
});

describe("a reading that is given up", () => {
  test("by its reader asks for nothing more", async () => {
    for await (const page of changes({ pageSize: 10 })) {
      expect(page.records.length).toBeGreaterThan(0);
      break;
    }
    const asked = emulator.requests.length;
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(emulator.requests.length).toBe(asked);
    expect(asked).toBeLessThan(100);
  });

  test("by its reader takes back what was asked ahead", async () => {
    emulator.inject({ nth: 2, delayMs: 100 });
    for await (const page of logs(daysUntil(END, 90))) {
      expect(page.records.length).toBeGreaterThan(0);
      break;
    }
    const asked = emulator.requests.length;
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect(emulator.requests.length).toBe(asked);
  });

  test("by a signal ends with ERR_ABORTED", async () => {
    emulator.inject({ nth: 2, connection: "hang" });
    const controller = new AbortController();
    const reading = changes({ pageSize: 100, signal: controller.signal });
    await reading.next();
    setTimeout(() => controller.abort(), 10);
    await expect(collect(reading)).rejects.toMatchObject({ code: "ERR_ABORTED" });
  });

  test("by its deadline ends with ERR_TIMEOUT", async () => {
    emulator.inject({ connection: "hang" });
    const reading = collect(changes({ deadline: performance.now() + 200 }));
    await expect(reading).rejects.toMatchObject({ code: "ERR_TIMEOUT" });
  });
});
