import { createHash } from "node:crypto";
import { generateData } from "./generate.ts";
import { sample } from "./names.ts";

const anchor = new Date("2026-01-31T12:34:56Z");
const data = generateData({ anchor });
const list = <Row>(rows: Row[] | object): Row[] => (Array.isArray(rows) ? (rows as Row[]) : []);
const cluster = (id: string) => {
  const found = data.clusters.find((candidate) => candidate.id === id);
  return { dumps: list(found?.dumps ?? []), changes: list(found?.parameterChanges ?? []) };
};
const logs = (id: string) => list(data.instances.find((instance) => instance.id === id)?.auditLogs ?? []);

test("the same anchor and seed give the same bytes", () => {
  const digest = (value: unknown) => createHash("sha256").update(JSON.stringify(value)).digest("hex");
  expect(digest(generateData({ anchor: new Date("2026-01-31T12:00:00Z") }))).toBe(digest(data));
  expect(digest(generateData({ anchor, seed: 2 }))).not.toBe(digest(data));
});

test("the healthy cluster has contiguous successful dumps up to the anchor", () => {
  const { dumps } = cluster(sample.clusters.healthy);
  expect(dumps).toHaveLength(336);
  expect(dumps[0]?.end_time).toBe("2026-01-31T12:00:00");
  expect(new Set(dumps.map(({ result }) => result))).toEqual(new Set(["SUCCESS"]));
  expect(dumps.slice(1).map(({ end_time }) => end_time)).toEqual(
    dumps.slice(0, -1).map(({ begin_time }) => begin_time),
  );
});

test("one cluster shows a failed dump, one a running one, one pending and failed changes", () => {
  expect(cluster(sample.clusters.failedDump).dumps[0]).toMatchObject({
    result: "FAILED",
    failed_reason: expect.any(String),
  });
  expect(cluster(sample.clusters.runningDump).dumps[0]).toMatchObject({ result: "RUNNING" });
  const statuses = cluster(sample.clusters.pendingChanges).changes.map(({ status }) => status);
  expect(new Set(statuses)).toEqual(new Set(["In-Sync", "Failed", "Pending-Reboot", "Applying"]));
});

test("the large lists are large, their ids unique", () => {
  const changes = cluster(sample.clusters.busy).changes.map(({ id }) => id);
  expect([changes.length, new Set(changes).size]).toEqual([2600, 2600]);
  const ids = logs(sample.instances.healthy).map(({ id }) => id);
  expect([ids.length, new Set(ids).size]).toEqual([3420, 3420]);
});

test("no record is newer than the anchor", () => {
  const end = Date.parse("2026-01-31T12:00:00Z");
  for (const { auditLogs } of data.instances)
    for (const log of list(auditLogs)) expect(Date.parse(log.end_time)).toBeLessThanOrEqual(end);
  for (const { id } of data.clusters)
    for (const { end_time } of cluster(id).dumps) expect(Date.parse(`${end_time}Z`)).toBeLessThanOrEqual(end);
});
