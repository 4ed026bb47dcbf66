import { type Client, createClient, ddsInstances, dwsClusters, read } from "@auditgate/core";
import { type Emulator, type EmulatorData, sample, startEmulator } from "@auditgate/emulator";

const { fleet } = sample;
let emulator: Emulator;
let client: Client;
const warnings: string[] = [];

beforeAll(async () => {
  emulator = await startEmulator();
});

beforeEach(() => {
  warnings.length = 0;
  client = clientIn("eu-de");
});

afterEach(async () => {
  await client.close();
  await emulator.reset();
});

afterAll(() => emulator.close());

function clientIn(region: string): Client {
  const logger = { debug() {}, warn: (message: string) => void warnings.push(message) };
  return createClient({ env: emulator.env, region, projectId: fleet.project.id, logger });
}

/** The data with the fleet's project in a region of the other cloud, and two clusters outside of the default enterprise project. */
function inHuaweiCloud(data: EmulatorData): void {
  for (const project of data.projects) if (project.id === fleet.project.id) project.region = "cn-north-4";
  const clusters = data.clusters.filter(({ projectId }) => projectId === fleet.project.id);
  for (const cluster of clusters.slice(0, 2)) Object.assign(cluster.info!, { enterprise_project_id: "e1" });
}

test("every cluster of a project is listed with one request, in whatever state, with nodes and tags", async () => {
  const { records, complete, total, summary } = await read(client, dwsClusters, {});
  const known = emulator.data.clusters.filter(({ projectId }) => projectId === fleet.project.id);
  expect([complete, total]).toEqual([true, known.length]);
  expect(records.map(({ id, name, status }) => [id, name, status])).toEqual(
    known.map(({ id, name, info }) => [id, name, info?.status]),
  );
  expect(records[0]).toEqual({
    id: known[0]?.id,
    name: "fleet-active",
    status: "ACTIVE",
    version: "8.2.1",
    created: "2026-01-10T00:00:00Z",
    enterpriseProjectId: "0",
    nodes: [1, 2, 3].map((node) => ({ id: `a0d17a7e-f001-4000-8000-00000000a00${node}`, status: "200" })),
    tags: [{ key: "stage", value: "fleet" }],
  });
  expect(summary.byStatus).toHaveLength(known.length);
  expect(emulator.requests.map(({ api, method, query }) => [api, method, query])).toEqual([
    ["clusters", "GET", {}],
  ]);
  expect(warnings).toEqual([]);
});

test("all instances are listed, newest first, with one request per page of 100, and their nodes by group", async () => {
  const { records, complete, summary } = await read(client, ddsInstances, {});
  const known = emulator.data.instances.filter(({ projectId }) => projectId === fleet.project.id);
  expect(complete).toBe(true);
  expect(records.map(({ id }) => id)).toEqual(known.map(({ id }) => id));
  expect(emulator.requests).toHaveLength(2);
  expect(new Set(emulator.requests.map(({ query }) => query["limit"]))).toEqual(new Set(["100"]));
  for (const record of records) {
    const { nodes, mode } = known.find(({ id }) => id === record.id)!;
    const kind = { Sharding: "mongos", ReplicaSet: "replica", Single: "single" }[mode!];
    const listed = record.groups.filter(({ type }) => type === kind).flatMap((group) => group.nodes);
    expect([record.mode, listed.map(({ id }) => id)]).toEqual([mode, nodes]);
  }
  expect(summary.nodes).toBe(records.flatMap(({ groups }) => groups.flatMap(({ nodes }) => nodes)).length);
  expect(warnings).toEqual([]);
});

test("a kind and a name select instances", async () => {
  const sharded = await read(client, ddsInstances, { mode: "Sharding" });
  expect(new Set(sharded.records.map(({ mode }) => mode))).toEqual(new Set(["Sharding"]));
  const named = await read(client, ddsInstances, { name: "*-011" });
  expect(named.records.map(({ name }) => name)).toContain("fleet-0110");
  expect(named.records).toHaveLength(10);
  await expect(read(client, ddsInstances, { mode: "Sharded" as never })).rejects.toMatchObject({
    code: "ERR_ARGUMENT",
    argument: "mode",
  });
});

test("clusters of all enterprise projects are asked for where the region knows them", async () => {
  emulator.update(inHuaweiCloud);
  await client.close();
  client = clientIn("cn-north-4");
  const all = await read(client, dwsClusters, {});
  expect(emulator.requests.map(({ query }) => query)).toEqual([{ enterprise_project_id: "all_granted_eps" }]);
  const own = await read(client, dwsClusters, { enterpriseProjectId: "e1" });
  const others = await read(client, dwsClusters, { enterpriseProjectId: "0" });
  expect(own.records).toHaveLength(2);
  expect(own.records.length + others.records.length).toBe(all.records.length);
});

test.each(["eu-de", "eu-nl", "eu-ch2"])(
  "in %s, which knows no enterprise projects, none is asked for",
  async (region) => {
    await client.close();
    client = clientIn(region);
    expect(await read(client, dwsClusters, {})).toMatchObject({ complete: true });
    expect(emulator.requests.map(({ query }) => query)).toEqual([{}]);
  },
);

test("the order in which nodes, groups and tags come changes no digest", async () => {
  const before = await Promise.all([read(client, dwsClusters, {}), read(client, ddsInstances, {})]);
  emulator.update((data) => {
    for (const { info } of data.clusters) info?.tags?.reverse();
    for (const instance of data.instances) instance.nodes.reverse();
  });
  emulator.update((data) => {
    for (const cluster of data.clusters) {
      cluster.info = {
        ...cluster.info,
        tags: [
          { key: "b", value: "2" },
          { key: "a", value: null },
        ],
      };
    }
  });
  const tagged = await read(client, dwsClusters, {});
  emulator.update((data) => {
    for (const { info } of data.clusters) info?.tags?.reverse();
  });
  const after = await Promise.all([read(client, dwsClusters, {}), read(client, ddsInstances, {})]);
  expect(after[0]?.digest).toBe(tagged.digest);
  expect(after[0]?.digest).not.toBe(before[0]?.digest);
});

test.each([
  ["nodes that are no list", { nodes: "three" }, /nodes that is no list/],
  ["a tag that is no object", { tags: ["a"] }, /tags that is no object/],
  ["a state that is an object", { status: {} }, /status that is no string/],
])("%s are refused by name", async (_, info, message) => {
  emulator.update((data) => {
    const cluster = data.clusters.find(({ projectId }) => projectId === fleet.project.id);
    Object.assign(cluster?.info ?? {}, info);
  });
  await expect(read(client, dwsClusters, {})).rejects.toMatchObject({
    code: "ERR_RESPONSE",
    message: expect.stringMatching(message),
  });
});

test.each([
  ["clusters", dwsClusters, /dws:cluster:list/],
  ["instances", ddsInstances, /dds:instance:listAll/],
])("who may not list %s is told which action is missing", async (_, query, message) => {
  const { newcomer } = sample;
  await client.close();
  client = createClient({
    env: {
      ...emulator.env,
      AUDITGATE_ACCESS_KEY: newcomer.accessKey,
      AUDITGATE_SECRET_KEY: newcomer.secretKey,
    },
  });
  await expect(read(client, query as typeof dwsClusters, {})).rejects.toMatchObject({
    code: "ERR_FORBIDDEN",
    message: expect.stringMatching(message),
  });
});
