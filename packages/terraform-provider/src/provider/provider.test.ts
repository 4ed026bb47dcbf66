import { sample, startEmulator, type Emulator } from "@auditgate/emulator";
import {
  CHANGES,
  type Caller,
  createCaller,
  DUMPS,
  fromMessage,
  CLUSTERS,
  INSTANCES,
  LOGS,
  readerSchema,
  settingsFor,
  toMessage,
} from "../../test/caller.ts";
import { GATE } from "./gate.ts";
import { providerSchema } from "../schema.ts";
import { hasUnknown, UNKNOWN } from "../schema/value.ts";

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

test("the provider says what it has, and that its schema may be kept", async () => {
  const names = [DUMPS, CHANGES, LOGS, CLUSTERS, INSTANCES, GATE].map((typeName) => ({ typeName }));
  expect(await caller.call("getMetadata", {})).toEqual({
    serverCapabilities: { getProviderSchemaOptional: true },
    dataSources: names,
    ephemeralResources: names,
  });
});

test("the schema of a nested attribute has its mode and its inner attributes", async () => {
  const {
    provider,
    dataSourceSchemas = {},
    ephemeralResourceSchemas = {},
    serverCapabilities,
  } = await caller.call("getProviderSchema", {});
  expect(serverCapabilities).toEqual({ getProviderSchemaOptional: true });
  expect(Object.keys(dataSourceSchemas)).toEqual([DUMPS, CHANGES, LOGS, CLUSTERS, INSTANCES, GATE]);
  expect(ephemeralResourceSchemas).toEqual(dataSourceSchemas);
  const secret = provider?.block?.attributes?.find(({ name }) => name === "secret_key");
  expect(secret).toMatchObject({
    type: Buffer.from('"string"'),
    optional: true,
    sensitive: true,
    descriptionKind: 1,
  });
  const records = dataSourceSchemas[LOGS]?.block?.attributes?.find(({ name }) => name === "records");
  expect(records).toMatchObject({ computed: true, nestedType: { nesting: 2 } });
  expect(records?.nestedType?.attributes?.map(({ name }) => name)).toEqual([
    "id",
    "name",
    "node_id",
    "size",
    "start_time",
    "end_time",
  ]);
  const window = dataSourceSchemas[LOGS]?.block?.attributes?.find(({ name }) => name === "window");
  expect(window).toMatchObject({ computed: true, nestedType: { nesting: 1 } });
});

test("a key of endpoints that validate did not know yet is checked when the provider is configured", async () => {
  const config = { endpoints: { dsw: "https://dws.example.com" } };
  await expect(caller.configure(config)).rejects.toThrow(/there is no \\"dsw\\"/);
});

test("rule sets, and what is in them, are blocks; a role to assume is one, of which there is at most one", async () => {
  const { provider, dataSourceSchemas = {} } = await caller.call("getProviderSchema", {});
  const blocksOf = (block = provider?.block) =>
    block?.blockTypes?.map(({ typeName, nesting }) => [typeName, nesting]);
  const gate = dataSourceSchemas[GATE]?.block;
  expect(blocksOf()).toEqual([["assume_role", 1]]);
  expect(blocksOf(gate)).toEqual([
    ["dws_audit_dump_records", 2],
    ["dws_parameter_modification_records", 2],
    ["dds_audit_logs", 2],
    ["acknowledged", 2],
  ]);
  expect(blocksOf(gate?.blockTypes?.[1]?.block)).toEqual([["freeze_windows", 2]]);
  expect(gate?.attributes?.map(({ name }) => name)).not.toContain("dws_audit_dump_records");
});

test("nothing is loaded to validate and to configure", async () => {
  const config = toMessage(providerSchema.provider, settingsFor(emulator));
  expect(await caller.call("validateProviderConfig", { config })).toEqual({ diagnostics: [] });
  const typeName = DUMPS;
  const data = toMessage(readerSchema(typeName), { cluster_id: UNKNOWN });
  expect(await caller.call("validateDataResourceConfig", { typeName, config: data })).toEqual({
    diagnostics: [],
  });
  expect(await caller.call("validateEphemeralResourceConfig", { typeName, config: data })).toEqual({
    diagnostics: [],
  });
  await caller.configure(settingsFor(emulator));
  expect(caller.loads()).toBe(0);
});

test("a value that cannot be right is an error at its attribute before anything is read", async () => {
  const config = toMessage(providerSchema.provider, { endpoints: { dws: "http://example.com" } });
  const { diagnostics } = await caller.call("validateProviderConfig", { config });
  expect(diagnostics).toMatchObject([
    { severity: 1, attribute: { steps: [{ attributeName: "endpoints" }] } },
  ]);
  for (const name of ["validateDataResourceConfig", "validateEphemeralResourceConfig"] as const) {
    const answer = await caller.call(name, {
      typeName: DUMPS,
      config: toMessage(readerSchema(DUMPS), { cluster_id: "x" }),
    });
    expect(answer.diagnostics).toMatchObject([
      { severity: 1, attribute: { steps: [{ attributeName: "cluster_id" }] } },
    ]);
  }
});
test("an unknown configuration is an error of the data source that needs it", async () => {
  await caller.configure({ ...settingsFor(emulator), secret_key: UNKNOWN, endpoints: { dws: UNKNOWN } });
  const { state, diagnostics } = await caller.read(DUMPS, { cluster_id: sample.clusters.healthy });
  expect(state).toBeUndefined();
  expect(diagnostics).toMatchObject([
    {
      severity: 1,
      summary: "The provider's configuration is not known yet",
      detail: expect.stringContaining(": secret_key, endpoints."),
    },
  ]);
});

test("an engine that can wait for the configuration is asked to", async () => {
  await caller.configure({ ...settingsFor(emulator), secret_key: UNKNOWN });
  const schema = readerSchema(DUMPS);
  const config = { cluster_id: sample.clusters.healthy };
  const answer = await caller.call("readDataSource", {
    typeName: DUMPS,
    config: toMessage(schema, config),
    clientCapabilities: { deferralAllowed: true },
  });
  expect(answer).toMatchObject({ deferred: { reason: 2 }, diagnostics: [] });
  const state = fromMessage(schema, answer.state?.msgpack);
  expect(state).toMatchObject({ ...config, max_records: null, region: UNKNOWN, records: UNKNOWN });
  expect(hasUnknown(state)).toBe(true);
});

test("StopProvider ends readings under way; a new configuration can read again", async () => {
  await caller.configure(settingsFor(emulator));
  const fault = emulator.inject({ connection: "hang" });
  const reading = caller.read(DUMPS, { cluster_id: sample.clusters.healthy });
  while (fault.hits === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  expect(await caller.call("stopProvider", {})).toEqual({});
  expect((await reading).diagnostics).toMatchObject([{ severity: 1, summary: "Reading was stopped" }]);
  await emulator.clearFaults();
  await caller.configure(settingsFor(emulator));
  expect((await caller.read(DUMPS, { cluster_id: sample.clusters.healthy })).diagnostics).toEqual([]);
});

test("what nobody foresaw is an error that says so, not a broken call", async () => {
  await caller.configure(settingsFor(emulator));
  const answer = await caller.call("readDataSource", { typeName: "auditgate_nothing" });
  expect(answer.diagnostics).toMatchObject([{ severity: 1, summary: "The auditgate provider failed" }]);
});

test("a secret of the configuration is redacted should an error that nobody foresaw hold it", async () => {
  const secret = "c4nary-of-the-token";
  const loadCore = () => Promise.reject(new Error(`cannot load ${secret}`));
  caller = createCaller(loadCore);
  await caller.configure({ token: secret });
  const { diagnostics } = await caller.read(DUMPS, { cluster_id: sample.clusters.healthy });
  expect(diagnostics).toMatchObject([
    { severity: 1, detail: expect.stringMatching(/^cannot load \(sensitive\)\n/) },
  ]);
});

test("insecure is worth a warning at it", async () => {
  const config = toMessage(providerSchema.provider, { ...settingsFor(emulator), insecure: true });
  const { diagnostics } = await caller.call("configureProvider", { terraformVersion: "1.11.4", config });
  expect(diagnostics).toMatchObject([
    {
      severity: 2,
      summary: "Server certificates are not verified",
      attribute: { steps: [{ attributeName: "insecure" }] },
    },
  ]);
});

test("the other calls that an engine may make are answered", async () => {
  expect(await caller.call("getFunctions", {})).toEqual({});
});
