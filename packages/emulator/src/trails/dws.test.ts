import type { Emulator } from "../contract.ts";
import { startEmulator } from "../emulator.ts";
import { sample } from "../sample/names.ts";
import { call, changesPath, dumpsPath } from "../test-caller.ts";

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator();
});
afterAll(() => emulator.close());

const { clusters } = sample;

test("dumps come all at once, whatever paging is asked", async () => {
  const { body } = await call(emulator, `${dumpsPath(clusters.healthy)}?limit=1&offset=5`);
  expect(body["records"]).toHaveLength(336);
  expect(body).toMatchObject({ count: 336, cluster_id: clusters.healthy });
});

test("the offset of parameter changes is a page number, ten to a page by default", async () => {
  const ids = async (query: string) => {
    const { body } = await call(emulator, changesPath(clusters.busy, query));
    expect(body["count"]).toBe(2600);
    return (body["records"] as { id: string }[]).map(({ id }) => id);
  };
  expect(await ids("")).toEqual(["1", "2", "3", "4", "5", "6", "7", "8", "9", "10"]);
  expect(await ids("?offset=2&limit=3")).toEqual(["7", "8", "9"]);
  expect(await ids("?offset=866&limit=3")).toEqual(["2599", "2600"]);
  expect(await ids("?offset=867&limit=3")).toEqual([]);
  expect(await ids("?limit=5000")).toHaveLength(2600);
});

test.each([
  "limit=0",
  "limit=-1",
  "limit=ten",
  "limit=",
  "offset=-1",
  "offset=1.5",
  "action_time=now",
  "filter_by=nothing",
])("%s is a bad request", async (query) => {
  const { status, body } = await call(emulator, changesPath(clusters.busy, `?${query}`));
  expect([status, body["error_code"]]).toEqual([400, "DWS.0001"]);
});

test("action_time keeps the changes that started then or later", async () => {
  const all = await call(emulator, changesPath(clusters.busy, "?limit=3000"));
  const starts = (all.body["records"] as { start_time: string }[]).map(({ start_time }) => start_time);
  const since = Date.parse(starts[2000] ?? "");
  const later = await call(emulator, changesPath(clusters.busy, `?limit=3000&action_time=${since}`));
  expect(later.body["count"]).toBe(starts.filter((start) => Date.parse(start) >= since).length);
});

test("filter_by and filter keep the records whose field contains the text", async () => {
  const { body } = await call(
    emulator,
    changesPath(clusters.pendingChanges, "?filter_by=status&filter=Pending"),
  );
  const statuses = (body["records"] as { status: string }[]).map(({ status }) => status);
  expect(statuses).toEqual(["Pending-Reboot", "Pending-Reboot"]);
  expect(body["count"]).toBe(2);
});

describe.each([
  ["dumps", dumpsPath, "errCode"],
  ["parameter changes", changesPath, "error_code"],
] as const)("%s", (_, path, key) => {
  test("a malformed cluster id is a bad request", async () => {
    const { status, body } = await call(emulator, path("no-guid"));
    expect([status, body[key]]).toEqual([400, "DWS.0001"]);
  });

  test("an id in capitals means the same cluster", async () => {
    expect((await call(emulator, path(clusters.healthy.toUpperCase()))).status).toBe(200);
  });

  test("a cluster of another project is not found", async () => {
    const { status, body } = await call(emulator, path(sample.documents.dumpCluster));
    expect([status, body[key]]).toEqual([404, "DWS.3027"]);
  });

  test.each([
    ["DWS.3027", 404],
    ["DWS.0047", 401],
    ["DWS.0015", 403],
  ] as const)("an unknown cluster can be said as %s", async (code, expected) => {
    emulator.update((data) => {
      data.notFound = code;
    });
    const { status, body } = await call(emulator, path(clusters.unknown));
    expect([status, body[key]]).toEqual([expected, code]);
    emulator.update((data) => {
      delete data.notFound;
    });
  });
});
