import type { Emulator } from "../contract.ts";
import { startEmulator } from "../emulator.ts";
import { generateData } from "../sample/generate.ts";
import { sample } from "../sample/names.ts";
import { call, changesPath, dumpsPath, logsPath } from "../test-caller.ts";
import type { Fault } from "./fault.ts";

let emulator: Emulator;
const anchor = new Date();
beforeAll(async () => {
  emulator = await startEmulator({ data: generateData({ anchor }) });
});
afterEach(() => emulator.reset());
afterAll(() => emulator.close());

const { busy } = sample.clusters;
const window = {
  start_time: `${new Date(anchor.getTime() - 20 * 86_400_000).toISOString().slice(0, 19)}+0000`,
  end_time: `${new Date(anchor.getTime() - 86_400_000).toISOString().slice(0, 19)}+0000`,
};

interface Answered {
  ids: unknown[];
  total: unknown;
  text: string;
}

async function changes(query: string): Promise<Answered> {
  const { body, text } = await call(emulator, changesPath(busy, query));
  return { ids: (body["records"] as { id?: unknown }[]).map(({ id }) => id), total: body["count"], text };
}

async function logs(query: Record<string, string>): Promise<Answered> {
  const { body, text } = await call(emulator, logsPath(sample.instances.healthy, { ...window, ...query }));
  return {
    ids: (body["audit_logs"] as { id?: unknown }[]).map(({ id }) => id),
    total: body["total_record"],
    text,
  };
}

test.each([
  [{ total: "absent" }, [undefined, undefined]],
  [{ total: { value: null } }, [null, null]],
  [{ total: { value: "2600" } }, ["2600", "2600"]],
  [{ total: { add: -7 } }, [2593, 2593]],
  [{ total: { addEach: 1 } }, [2601, 2602]],
] as [Fault, unknown[]][])("%j changes the reported total", async (fault, expected) => {
  emulator.inject(fault);
  expect([(await changes("")).total, (await changes("")).total]).toEqual(expected);
});

test("a capped page is smaller than asked, and page numbers count in its size", async () => {
  emulator.inject({ pageCap: 3 });
  expect((await changes("?limit=10&offset=2")).ids).toEqual(["7", "8", "9"]);
  expect((await logs({ limit: "10" })).ids).toHaveLength(3);
  expect((await changes("?limit=2&offset=1")).ids).toEqual(["3", "4"]);
});

test("a page may be the one before once more", async () => {
  emulator.inject({ pages: "repeat", nth: 2, times: 1 });
  const first = await changes("?limit=4&offset=1");
  expect((await changes("?limit=4&offset=2")).ids).toEqual(first.ids);
  expect((await changes("?limit=4&offset=2")).ids).toEqual(["9", "10", "11", "12"]);
});

test("a page in the middle may be empty while the total stays", async () => {
  emulator.inject({ pages: "empty", nth: 2, times: 1 });
  const all = await logs({});
  expect(await logs({ offset: "100" })).toMatchObject({ ids: [], total: all.total });
});

test("integers may be too large for a JavaScript number", async () => {
  emulator.inject({ rows: "big-integers" });
  expect((await changes("?limit=2")).text).toContain('"id":9007199254740997');
  expect((await logs({ limit: "1" })).text).toMatch(/"size":9007199254740995/);
});

test("rows may have integer ids, no ids, more fields or nulls", async () => {
  const row = async (rows: Fault["rows"] & string) => {
    await emulator.clearFaults();
    emulator.inject({ rows });
    const { body } = await call(emulator, changesPath(busy, "?limit=1"));
    return (body["records"] as Record<string, unknown>[])[0];
  };
  expect((await row("integer-ids"))?.["id"]).toBe(1);
  expect(await row("no-ids")).not.toHaveProperty("id");
  expect(await row("extra-fields")).toMatchObject({
    id: "1",
    total_size: 1,
    new_field: { nested: [null, "new"] },
  });
  expect(await row("null-fields")).toEqual({
    id: "1",
    operator: null,
    start_time: null,
    end_time: null,
    status: null,
    failed_reason: null,
  });
});

test("records may appear and vanish while pages are read", async () => {
  emulator.inject({ on: "logs", insert: 2, nth: 2, times: 1 });
  const recent = {
    start_time: window.end_time,
    end_time: `${new Date(anchor.getTime() + 86_400_000).toISOString().slice(0, 19)}+0000`,
  };
  const before = await logs(recent);
  const after = await logs(recent);
  expect(after.total).toBe(Number(before.total) + 2);
  expect(after.ids.slice(2)).toEqual(before.ids);
  emulator.inject({ on: "parameters", remove: 5, nth: 2 });
  expect((await changes("")).total).toBe(2600);
  expect(await changes("")).toMatchObject({ total: 2595, ids: expect.arrayContaining(["6", "15"]) });
});

test("a hook may change the data before each request", async () => {
  const seen: string[] = [];
  const other = await startEmulator({
    onRequest(data, request) {
      seen.push(`${request.api} ${request.query["limit"]}`);
      const changed = data.clusters.find(({ id }) => id === busy)?.parameterChanges;
      if (Array.isArray(changed)) changed.pop();
    },
  });
  const { body } = await call(other, changesPath(busy, "?limit=1"));
  expect(body["count"]).toBe(2599);
  expect(seen).toEqual(["parameters 1"]);
  await other.close();
});

test("the order may be turned", async () => {
  emulator.inject({ order: "newest" });
  expect((await changes("?limit=2")).ids).toEqual(["2600", "2599"]);
  const newest = await logs({ limit: "100" });
  await emulator.clearFaults();
  emulator.inject({ order: "oldest" });
  const count = Number(newest.total);
  const oldest = await logs({ offset: String(count - 3), limit: "3" });
  expect(new Set(oldest.ids)).toEqual(new Set(newest.ids.slice(0, 3)));
  const { body } = await call(emulator, dumpsPath(sample.clusters.runningDump));
  expect((body["records"] as { result: string }[]).at(-1)?.result).toBe("RUNNING");
});

test("the window convention may be changed", async () => {
  const total = async (convention: Fault["window"] & string) => {
    await emulator.clearFaults();
    emulator.inject({ window: convention });
    const start = new Date(Math.floor(anchor.getTime() / 3_600_000) * 3_600_000 - 12 * 3_600_000);
    const end = new Date(start.getTime() + 4 * 3_600_000);
    const text = (date: Date) => `${date.toISOString().slice(0, 19)}+0000`;
    return (await logs({ start_time: text(start), end_time: text(end) })).total;
  };
  expect(await total("touching")).toBe(4 * 3);
  expect(await total("overlapping")).toBe(2 * 3);
  expect(await total("by-start")).toBe(3 * 3);
  expect(await total("by-start-exclusive")).toBe(2 * 3);
  expect(await total("by-end")).toBe(3 * 3);
  expect(await total("contained")).toBe(2 * 3);
});
