import type { Emulator } from "../contract.ts";
import type { AuditLog } from "../data/data.ts";
import { parseData } from "../data/data-file.ts";
import { startEmulator } from "../emulator.ts";
import { sample } from "../sample/names.ts";
import { call, changesPath, logsPath } from "../test-caller.ts";

const newest = "2026-03-01T00:00:00Z";
const clusterId = sample.clusters.healthy;
let emulator: Emulator;
beforeAll(async () => {
  const owner = { name: "large", projectId: sample.project.id };
  emulator = await startEmulator({
    data: parseData({
      clusters: [
        {
          ...owner,
          id: clusterId,
          dumps: { generate: { count: 3, newest, everySeconds: 3600 } },
          parameterChanges: { generate: { count: 1_000_000, newest, everySeconds: 60 } },
        },
      ],
      instances: [
        {
          ...owner,
          id: "large",
          nodes: ["a", "b", "c"],
          auditLogs: { generate: { count: 1_000_000, newest, everySeconds: 3600 } },
        },
      ],
    }),
  });
});
afterAll(() => emulator.close());

test("any page of a million generated changes is answered, newest first", async () => {
  const last = await call(emulator, changesPath(clusterId, "?limit=1000&offset=999"));
  expect(last.body["count"]).toBe(1_000_000);
  const ids = (last.body["records"] as { id: string }[]).map(({ id }) => id);
  expect([ids.length, ids[0], ids.at(-1)]).toEqual([1000, "1000", "1"]);
});

async function logs(query: Record<string, string>): Promise<{ rows: AuditLog[]; total: unknown }> {
  const { body } = await call(emulator, logsPath("large", query));
  return { rows: body["audit_logs"] as AuditLog[], total: body["total_record"] };
}

test("a window of generated logs has those that touch it, of all nodes or one", async () => {
  const window = { start_time: "2026-02-01T00:00:00+0000", end_time: "2026-02-01T03:00:00+0000" };
  const all = await logs(window);
  expect(all.total).toBe(5 * 3);
  expect(all.rows).toHaveLength(15);
  const one = await logs({ ...window, node_id: "b" });
  expect(one.rows).toEqual(all.rows.filter(({ node_id }) => node_id === "b"));
});

test("a window after the newest or before the oldest generated log is empty", async () => {
  expect(
    await logs({ start_time: "2026-03-02T00:00:00+0000", end_time: "2026-03-03T00:00:00+0000" }),
  ).toEqual({
    rows: [],
    total: 0,
  });
  expect(
    await logs({ start_time: "1970-01-02T00:00:00+0000", end_time: "1970-01-03T00:00:00+0000" }),
  ).toEqual({
    rows: [],
    total: 0,
  });
});

test("window conventions hold for generated logs too", async () => {
  const window = { start_time: "2026-02-01T00:00:00+0000", end_time: "2026-02-01T03:00:00+0000" };
  for (const [convention, count] of [
    ["overlapping", 3],
    ["by-start", 4],
    ["by-start-exclusive", 3],
    ["by-end", 4],
    ["contained", 3],
  ] as const) {
    const fault = emulator.inject({ window: convention });
    expect([convention, (await logs(window)).total]).toEqual([convention, count * 3]);
    await fault.remove();
  }
});
