import {
  type Client,
  createClient,
  dwsParameterModificationRecords,
  type PageOptions,
  pages,
} from "@auditgate/core";
import { type Emulator, sample, startEmulator } from "@auditgate/emulator";
import { withManyChanges } from "./busy-cluster.ts";

const COUNT = 20_000;

let emulator: Emulator;
let client: Client;

beforeAll(async () => {
  emulator = await startEmulator({ data: withManyChanges(COUNT) });
  client = createClient({ env: emulator.env, timeoutMs: 20_000 });
});

afterEach(() => emulator.reset());

afterAll(async () => {
  await client.close();
  await emulator.close();
});

const changes = (options?: PageOptions) =>
  pages(client, dwsParameterModificationRecords, { clusterId: sample.clusters.busy }, options);

async function outcomeOf(source: ReturnType<typeof changes>) {
  const ids = new Set<string | null>();
  let result = await source.next();
  for (; !result.done; result = await source.next()) for (const { id } of result.value.records) ids.add(id);
  return { ...result.value, ids };
}

const limits = () => emulator.requests.map(({ query }) => Number(query["limit"]));

test("a long list is read in pages of 1,000, after a first one of 100", async () => {
  const { count, ids, incompleteReason } = await outcomeOf(changes());
  expect({ count, distinct: ids.size, incompleteReason }).toEqual({
    count: COUNT,
    distinct: COUNT,
    incompleteReason: undefined,
  });
  expect(limits().slice(0, 2)).toEqual([100, 1000]);
  expect(limits().length).toBeLessThan(30);
});

test.each([
  [{}, 4],
  [{ ahead: 2 }, 2],
  [{ ahead: 7 }, 7],
])("a reader that pauses with %j has %i further ones fetched, and no more", async (options, further) => {
  const source = changes(options);
  for (let page = 0; page < 3; page++) await source.next();
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(emulator.requests).toHaveLength(2 + further);
  await source.return(undefined as never);
});

test.each([
  ["by the service's rules", { status: 400 }],
  ["by a gateway's", { status: 413, body: "html" as const }],
  ["by breaking down", { status: 500 }],
])("where they are refused %s, the list is read in pages of 100", async (_, answer) => {
  emulator.inject({ query: { limit: "1000" }, ...answer });
  expect(await outcomeOf(changes())).toMatchObject({ count: COUNT, incompleteReason: undefined });
  expect(limits().filter((limit) => limit <= 100).length).toBeGreaterThan(COUNT / 100);
});

test("an error that has nothing to do with their length ends the reading", async () => {
  emulator.inject({ nth: 2, status: 403 });
  await expect(outcomeOf(changes())).rejects.toMatchObject({ code: "ERR_FORBIDDEN" });
  expect(emulator.requests).toHaveLength(2);
});

test("a page size of the caller's own is kept to", async () => {
  await outcomeOf(changes({ pageSize: 500 }));
  expect(Math.max(...limits())).toBe(500);
});

test("no more is asked for than maxRecords needs", async () => {
  const { count } = await outcomeOf(changes({ maxRecords: 150 }));
  expect(count).toBe(150);
  expect(limits()).toEqual([100, 151]);
});
