import * as core from "@auditgate/core";
import { sample, startEmulator, type Emulator } from "@auditgate/emulator";
import {
  CHANGES,
  type Caller,
  createCaller,
  DUMPS,
  fromMessage,
  LOGS,
  readerSchema,
  settingsFor,
  toMessage,
} from "../../test/caller.ts";
import type { Value } from "../schema/value.ts";

let emulator: Emulator;
let caller: Caller;

beforeAll(async () => {
  emulator = await startEmulator();
});
afterAll(() => emulator.close());
beforeEach(async () => {
  await emulator.reset();
  caller = createCaller();
});

test.each([
  [
    DUMPS,
    core.queries.dwsAuditDumpRecords,
    { cluster_id: sample.clusters.failedDump },
    { clusterId: sample.clusters.failedDump },
  ],
  [
    CHANGES,
    core.queries.dwsParameterModificationRecords,
    { cluster_id: sample.clusters.pendingChanges },
    { clusterId: sample.clusters.pendingChanges },
  ],
  [
    LOGS,
    core.queries.ddsAuditLogs,
    { instance_id: sample.instances.silentNode, last: "40d" },
    { instanceId: sample.instances.silentNode, last: "40d" },
  ],
] as const)(
  "%s is what core reads, in snake case, with the arguments as written",
  async (typeName, query, config, args) => {
    await caller.configure(settingsFor(emulator));
    const { state, diagnostics } = await caller.read(typeName, config);
    const client = core.createClient({ env: emulator.env });
    const reading = await core.read(client, query as unknown as core.Query<object, object, object>, args);
    await client.close();
    expect(diagnostics?.filter(({ severity }) => severity === 1)).toEqual([]);
    expect(state).toMatchObject({
      ...config,
      region: sample.region,
      project_id: sample.project.id,
      id: reading.id,
      digest: reading.digest,
      total: reading.total,
      complete: true,
      incomplete_reason: null,
    });
    expect(plain(state?.["records"])).toEqual(snakeKeys(reading.records));
    expect(plain(state?.["summary"])).toEqual(snakeKeys(reading.summary));
    expect(plain(state?.["window"] ?? null)).toEqual(snakeKeys(reading.window ?? null));
  },
);

/** Decoded objects have no prototype. */
function plain(decoded: Value | undefined): unknown {
  return JSON.parse(JSON.stringify(decoded));
}

function snakeKeys(given: unknown): unknown {
  if (Array.isArray(given)) return given.map(snakeKeys);
  if (typeof given !== "object" || given === null) return given;
  return Object.fromEntries(
    Object.entries(given).map(([name, item]) => [core.snakeCase(name), snakeKeys(item)]),
  );
}

test("a data source may name another region and project", async () => {
  await caller.configure(settingsFor(emulator));
  const { region, project, cluster } = sample.netherlands;
  const { state, diagnostics } = await caller.read(DUMPS, {
    cluster_id: cluster,
    region,
    project_id: project.id,
  });
  expect(diagnostics).toEqual([]);
  expect(state).toMatchObject({ region, project_id: project.id, complete: true });
});

test("readings run at the same time over one client", async () => {
  await caller.configure(settingsFor(emulator));
  const fault = emulator.inject({ delayMs: 300 });
  const readings = [
    caller.read(DUMPS, { cluster_id: sample.clusters.healthy }),
    caller.read(CHANGES, { cluster_id: sample.clusters.empty }),
    caller.read(LOGS, { instance_id: sample.instances.empty, last: "1d" }),
  ];
  await Promise.race(readings);
  expect(fault.hits).toBe(3);
  for (const { diagnostics } of await Promise.all(readings)) expect(diagnostics).toEqual([]);
});

test("max_records cuts, and an incomplete reading is a warning at it", async () => {
  await caller.configure(settingsFor(emulator));
  const { state, diagnostics } = await caller.read(CHANGES, {
    cluster_id: sample.clusters.busy,
    max_records: 7,
  });
  expect(state).toMatchObject({
    complete: false,
    incomplete_reason: expect.stringMatching(/^truncated/),
    max_records: 7,
  });
  expect(state?.["records"]).toHaveLength(7);
  expect(diagnostics).toMatchObject([
    { severity: 2, summary: `The audit data is incomplete: ${sample.clusters.busy}` },
  ]);
  // Pulumi's bridge would fail the reading.
  expect(diagnostics?.[0]?.attribute).toBeUndefined();
});

test("more than 1,000 records are a warning for a data source, whose state keeps them, and none for an ephemeral resource", async () => {
  await caller.configure(settingsFor(emulator));
  const typeName = CHANGES;
  const config = { cluster_id: sample.clusters.busy };
  const { state, diagnostics } = await caller.read(typeName, config);
  expect(state?.["records"]).toHaveLength(2600);
  expect(diagnostics).toMatchObject([{ severity: 2, summary: "2600 audit records are kept in the state" }]);
  expect(diagnostics?.[0]?.attribute).toBeUndefined();
  const opened = await caller.call("openEphemeralResource", {
    typeName,
    config: toMessage(readerSchema(typeName), config),
  });
  expect(opened.diagnostics).toEqual([]);
  expect(fromMessage(readerSchema(typeName), opened.result?.msgpack)).toEqual(state);
  expect(await caller.call("renewEphemeralResource", {})).toEqual({});
  expect(await caller.call("closeEphemeralResource", {})).toEqual({});
});

test.each([
  [{ cluster_id: sample.clusters.unknown }, "Not found", "cluster_id"],
  [{ cluster_id: sample.clusters.healthy, project_id: "0".repeat(32) }, expect.any(String), undefined],
])(
  "a reading of %j that the service refuses is one error, without a state",
  async (config, summary, attribute) => {
    await caller.configure(settingsFor(emulator));
    const { state, diagnostics } = await caller.read(DUMPS, config);
    expect(state).toBeUndefined();
    expect(diagnostics).toMatchObject([
      { severity: 1, summary, ...(attribute && { attribute: { steps: [{ attributeName: attribute }] } }) },
    ]);
  },
);

test("a bad credential is explained once, however many readings fail by it", async () => {
  const canary = "c4nary-of-the-secret-key";
  await caller.configure({ ...settingsFor(emulator), secret_key: canary });
  const answers = await Promise.all(
    ["healthy", "failedDump", "empty"].map((name) =>
      caller.read(DUMPS, { cluster_id: sample.clusters[name as "empty"] }),
    ),
  );
  const diagnostics = answers.flatMap((answer) => answer.diagnostics ?? []);
  expect(diagnostics.map(({ severity }) => severity)).toEqual([1, 1, 1]);
  expect(diagnostics.map(({ summary = "" }) => summary).toSorted((a, b) => (a < b ? -1 : 1))).toEqual([
    "Signing in failed",
    `${DUMPS} was not read`,
    `${DUMPS} was not read`,
  ]);
  expect(JSON.stringify(diagnostics)).not.toContain(canary);
});
