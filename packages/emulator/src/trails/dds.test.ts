import type { Emulator } from "../contract.ts";
import type { AuditLog } from "../data/data.ts";
import { startEmulator } from "../emulator.ts";
import { offsetTime } from "./instant.ts";
import { generateData } from "../sample/generate.ts";
import { sample } from "../sample/names.ts";
import { call, logsPath } from "../test-caller.ts";

const hourMs = 3_600_000;
const anchorMs = Math.floor(Date.now() / hourMs) * hourMs;
const { instances, nodes } = sample;
let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator({ data: generateData({ anchor: new Date(anchorMs) }) });
});
afterAll(() => emulator.close());

/** A window in hours before the start of the current hour. */
function window(from: number, to: number): { start_time: string; end_time: string } {
  return { start_time: offsetTime(anchorMs - from * hourMs), end_time: offsetTime(anchorMs - to * hourMs) };
}

async function logs(query: Record<string, string>, instanceId: string = instances.healthy) {
  const { status, body } = await call(emulator, logsPath(instanceId, query));
  expect(status).toBe(200);
  return { rows: body["audit_logs"] as AuditLog[], total: body["total_record"] };
}

test("the offset is a record index, a hundred records by default", async () => {
  const whole = window(30 * 24, 0);
  const first = await logs(whole);
  expect(first.rows).toHaveLength(100);
  // 30 days of 12 logs on 3 nodes, and the three that end where the window begins.
  expect(first.total).toBe(30 * 12 * 3 + 3);
  const second = await logs({ ...whole, offset: "99", limit: "2" });
  expect(second.rows[0]).toEqual(first.rows[99]);
  expect((await logs({ ...whole, offset: "5000" })).rows).toEqual([]);
});

test("a log on the boundary of two windows is in both", async () => {
  const earlier = await logs(window(8, 4));
  const later = await logs(window(4, 0));
  const common = earlier.rows.filter(({ id }) => later.rows.some((log) => log.id === id));
  // Those that end on the boundary and those that start on it.
  expect(common).toHaveLength(6);
});

test("a node's logs can be asked alone", async () => {
  const node = nodes.healthy[1];
  const { rows, total } = await logs({ ...window(10, 0), node_id: node });
  expect(total).toBe(6);
  expect(new Set(rows.map(({ node_id }) => node_id))).toEqual(new Set([node]));
});

test("the silent node has no logs of the last two days", async () => {
  const node = nodes.silentNode[2];
  expect((await logs({ ...window(47, 0), node_id: node }, instances.silentNode)).total).toBe(0);
  expect((await logs({ ...window(72, 0), node_id: node }, instances.silentNode)).total).toBe(13);
});

test("the same instant may be written at another offset", async () => {
  const utc = await logs(window(10, 0));
  const shanghai = (ms: number) => `${new Date(ms + 8 * hourMs).toISOString().slice(0, 19)}+0800`;
  const local = await logs({ start_time: shanghai(anchorMs - 10 * hourMs), end_time: shanghai(anchorMs) });
  expect(local).toEqual(utc);
});

describe("a bad request", () => {
  const good = window(10, 0);
  test.each([
    ["a start in UTC letters", { start_time: good.start_time.replace("+0000", "Z") }, "DBS.280067"],
    [
      "a start with a colon in its offset",
      { start_time: good.start_time.replace("+0000", "+00:00") },
      "DBS.280067",
    ],
    ["a start with milliseconds", { start_time: good.start_time.replace("+", ".000+") }, "DBS.280067"],
    ["a start with a space for the plus", { start_time: good.start_time.replace("+", " ") }, "DBS.280067"],
    ["a start that is no day", { start_time: "2026-02-30T00:00:00+0000" }, "DBS.280067"],
    ["an end that is no time", { end_time: "now" }, "DBS.280068"],
    ["an end at the start", { end_time: good.start_time }, "DBS.280068"],
    ["an end before the start", window(0, 10), "DBS.280068"],
    [
      "a window of more than 30 days",
      { start_time: offsetTime(anchorMs - 30 * 24 * hourMs - 1000) },
      "DBS.280068",
    ],
    ["a limit of 0", { limit: "0" }, "DBS.280439"],
    ["a limit of 101", { limit: "101" }, "DBS.280439"],
    ["a limit that is no number", { limit: "all" }, "DBS.280439"],
    ["a negative offset", { offset: "-1" }, "DBS.280440"],
    ["an empty node id", { node_id: "" }, "DBS.280407"],
  ])("is %s", async (_, query, code) => {
    const { status, body } = await call(emulator, logsPath(instances.healthy, { ...good, ...query }));
    expect([status, body["error_code"]]).toEqual([400, code]);
  });

  test.each([
    ["start", { end_time: good.end_time }, "DBS.280067"],
    ["end", { start_time: good.start_time }, "DBS.280068"],
  ])("lacks its %s", async (_, query, code) => {
    const { status, body } = await call(emulator, logsPath(instances.healthy, query));
    expect([status, body["error_code"]]).toEqual([400, code]);
  });
});

test("a window of exactly 30 days is accepted", async () => {
  expect((await call(emulator, logsPath(instances.healthy, window(30 * 24, 0)))).status).toBe(200);
});

test("unknown instances and nodes are not found", async () => {
  const unknown = await call(emulator, logsPath(instances.unknown, window(1, 0)));
  expect([unknown.status, unknown.body["error_code"]]).toEqual([404, "DBS.200002"]);
  const node = await call(emulator, logsPath(instances.healthy, { ...window(1, 0), node_id: "x" }));
  expect([node.status, node.body["error_code"]]).toEqual([404, "DBS.200013"]);
});

test("a record added while it runs is in the next answer", async () => {
  const before = await logs(window(4, 0), instances.empty);
  expect(before.total).toBe(0);
  emulator.update((data) => {
    const list = data.instances.find(({ id }) => id === instances.empty)?.auditLogs;
    if (Array.isArray(list)) list.push({ id: "new", node_id: null, ...window(2, 1) });
  });
  expect((await logs(window(4, 0), instances.empty)).total).toBe(1);
});
