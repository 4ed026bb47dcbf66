import {
  checkDdsAuditLogs,
  checkDwsAuditDumpRecords,
  checkDwsParameterModificationRecords,
  type Client,
  createClient,
  ddsAuditLogs,
  dwsAuditDumpRecords,
  dwsParameterModificationRecords,
  type Query,
  queries,
  read,
  type ReadOptions,
} from "@auditgate/core";
import { type Emulator, sample, startEmulator } from "@auditgate/emulator";

let emulator: Emulator;
let client: Client;

beforeAll(async () => {
  emulator = await startEmulator();
  client = createClient({ env: emulator.env });
});
afterEach(() => emulator.reset());
afterAll(async () => {
  await client.close();
  await emulator.close();
});

const clusterId = sample.clusters.busy;
const instanceId = sample.instances.healthy;
const given: { readonly [query in keyof typeof queries]: object } = {
  dwsAuditDumpRecords: { clusterId: sample.clusters.healthy },
  dwsParameterModificationRecords: { clusterId },
  ddsAuditLogs: { instanceId, last: "20d" },
  dwsClusters: {},
  ddsInstances: {},
};

test.each(Object.keys(queries) as (keyof typeof queries)[])(
  "a reading of %s with summaryOnly says all that one without does, but for its records",
  async (name) => {
    const query = queries[name] as object as Query<object, object, object>;
    const args = given[name];
    const { requestIds: _, ...whole } = await read(client, query, args);
    const asked = emulator.requests.length;
    const { requestIds: __, ...figures } = await read(client, query, args, { summaryOnly: true });
    expect(figures).toEqual({ ...whole, window: figures.window, records: null });
    expect(whole.records.length).toBeGreaterThan(0);
    expect(emulator.requests).toHaveLength(asked * 2);
  },
);

test("what cannot be proved complete is said without records too", async () => {
  emulator.inject({ on: "dumps", total: { add: 1 } });
  const reading = await read(
    client,
    dwsAuditDumpRecords,
    { clusterId: sample.clusters.healthy },
    { summaryOnly: true },
  );
  expect(reading).toMatchObject({
    records: null,
    complete: false,
    incompleteReason: expect.stringContaining("total-mismatch"),
  });
});

test("rules cannot judge a reading without records", async () => {
  const options = { summaryOnly: true } as const;
  const dumps = await read(client, dwsAuditDumpRecords, { clusterId }, options);
  const changes = await read(client, dwsParameterModificationRecords, { clusterId }, options);
  const logs = await read(client, ddsAuditLogs, { instanceId, last: "2d" }, options);
  for (const check of [
    () => checkDwsAuditDumpRecords({ ...dumps, servedAt: Date.now() } as never, { maxFailures: 0 }),
    () =>
      checkDwsParameterModificationRecords({ ...changes, servedAt: Date.now() } as never, { maxFailed: 0 }),
    () => checkDdsAuditLogs({ ...logs, servedAt: Date.now() } as never, { within: "1d", minLogs: 1 }),
  ])
    expect(check).toThrow(
      expect.objectContaining({
        code: "ERR_ARGUMENT",
        message: expect.stringContaining("read it without summaryOnly"),
      }),
    );
});

test.each(["true", 1, null, {}])("summaryOnly is true or false, not %j", async (summaryOnly) => {
  const options = { summaryOnly } as unknown as ReadOptions;
  await expect(read(client, dwsAuditDumpRecords, { clusterId }, options)).rejects.toMatchObject({
    code: "ERR_ARGUMENT",
    argument: "summaryOnly",
  });
  expect(emulator.requests).toEqual([]);
});
