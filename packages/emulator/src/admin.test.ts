import type { Emulator } from "./contract.ts";
import type { Dump } from "./data/data.ts";
import { startEmulator } from "./emulator.ts";
import { sample } from "./sample/names.ts";
import { call, changesPath, dumpsPath, sendJson } from "./test-caller.ts";

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator();
});
afterAll(() => emulator.close());
afterEach(() => emulator.reset());

const { clusters, instances } = sample;
const healthy = `/_emulator/clusters/${clusters.healthy}`;

async function dumps(): Promise<Dump[]> {
  const { body } = await call(emulator, dumpsPath(clusters.healthy));
  return body["records"] as Dump[];
}

test("the newest dump can be made to fail, and to succeed again by a reset", async () => {
  const change = { result: "FAILED", failed_reason: "The bucket is full." };
  expect((await sendJson(emulator, "PATCH", `${healthy}/dumps/latest`, change)).body).toMatchObject(change);
  expect((await dumps())[0]).toMatchObject(change);
  expect((await sendJson(emulator, "POST", "/_emulator/reset")).status).toBe(204);
  expect((await dumps())[0]).toMatchObject({ result: "SUCCESS" });
});

test("a dump that is added continues the newest one", async () => {
  const before = (await dumps())[0];
  const { status, body } = await sendJson(emulator, "POST", `${healthy}/dumps`, { result: "FAILED" });
  expect(status).toBe(201);
  expect(body).toMatchObject({
    result: "FAILED",
    begin_time: before?.end_time,
    bucket_name: before?.bucket_name,
  });
  expect((await dumps())[0]).toEqual(body);
});

test("parameter changes are added at the end, changed by id and removed", async () => {
  const added = await sendJson(emulator, "POST", `${healthy}/parameter-changes`, {
    status: "Pending-Reboot",
  });
  expect(added.body).toMatchObject({ id: "13", status: "Pending-Reboot" });
  const path = `${healthy}/parameter-changes/13`;
  await sendJson(emulator, "PATCH", path, { status: "In-Sync" });
  const { body } = await call(emulator, changesPath(clusters.healthy, "?limit=100"));
  expect((body["records"] as unknown[]).at(-1)).toEqual({ ...added.body, status: "In-Sync" });
  expect((await sendJson(emulator, "DELETE", path)).status).toBe(204);
  expect((await sendJson(emulator, "DELETE", path)).status).toBe(404);
});

test("an audit log is added for a node", async () => {
  const node = sample.nodes.silentNode[2];
  const path = `/_emulator/instances/${instances.silentNode}/audit-logs`;
  const { status, body } = await sendJson(emulator, "POST", path, { node_id: node, size: 5 });
  expect(status).toBe(201);
  expect(body).toMatchObject({ node_id: node, size: 5, id: expect.stringContaining(node) });
});

test("unknown clusters, records and operations are not found", async () => {
  const unknown = `/_emulator/clusters/${clusters.unknown}/dumps`;
  expect((await sendJson(emulator, "POST", unknown, {})).status).toBe(404);
  expect((await sendJson(emulator, "PATCH", `${healthy}/dumps/99999`, {})).status).toBe(404);
  expect((await sendJson(emulator, "GET", "/_emulator/nothing")).status).toBe(404);
});

test("the whole data set can be read and replaced", async () => {
  const { body } = await sendJson(emulator, "GET", "/_emulator/data");
  expect(body).toEqual(emulator.data);
  const smaller = { ...body, clusters: [], instances: [] };
  expect((await sendJson(emulator, "PUT", "/_emulator/data", smaller)).status).toBe(204);
  expect((await call(emulator, dumpsPath(clusters.healthy))).status).toBe(404);
});

test("an unfit data set is refused with its place and changes nothing", async () => {
  const clusterList = [{ ...emulator.data.clusters[0], dumps: [{ result: 3 }] }];
  const { status, body } = await sendJson(emulator, "PUT", "/_emulator/data", { clusters: clusterList });
  expect([status, body["error"]]).toEqual([400, "clusters[0].dumps[0].result: expected a text, found 3"]);
  expect((await dumps()).length).toBe(336);
});

test("faults are injected by name or in full, and cleared", async () => {
  const { status, body } = await sendJson(emulator, "POST", "/_emulator/faults", [
    "html",
    { status: 503, nth: 2 },
  ]);
  expect([status, body]).toEqual([201, [{ body: "html" }, { status: 503, nth: 2 }]]);
  expect((await call(emulator, dumpsPath(clusters.healthy))).text).toContain("<html>");
  expect((await call(emulator, dumpsPath(clusters.healthy))).status).toBe(503);
  expect((await sendJson(emulator, "DELETE", "/_emulator/faults")).status).toBe(204);
  expect((await dumps()).length).toBe(336);
  const wrong = await sendJson(emulator, "POST", "/_emulator/faults", { status: "x" });
  expect([wrong.status, wrong.body["error"]]).toEqual([
    400,
    'status: expected a whole number from 200 to 599, found "x"',
  ]);
});

test("the request log can be read and emptied", async () => {
  await dumps();
  const { body } = await sendJson(emulator, "GET", "/_emulator/requests");
  expect(body).toEqual(emulator.requests);
  expect(emulator.requests).toHaveLength(1);
  await sendJson(emulator, "DELETE", "/_emulator/requests");
  expect(emulator.requests).toHaveLength(0);
});
