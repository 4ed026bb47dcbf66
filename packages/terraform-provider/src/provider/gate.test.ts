import * as core from "@auditgate/core";
import { sample, startEmulator, type Emulator } from "@auditgate/emulator";
import {
  type Caller,
  createCaller,
  fromMessage,
  readerSchema,
  settingsFor,
  toMessage,
} from "../../test/caller.ts";
import { GATE } from "./gate.ts";
import { violationInSnakeCase } from "./words.ts";
import { type ObjectValue, UNKNOWN } from "../schema/value.ts";

const { clusters, instances, nodes } = sample;

let emulator: Emulator;
let caller: Caller;

beforeAll(async () => {
  emulator = await startEmulator();
});
afterAll(() => emulator.close());
beforeEach(async () => {
  await emulator.reset();
  caller = createCaller();
  await caller.configure(settingsFor(emulator));
});

const dumps = (cluster: string, rules: ObjectValue = { max_failures: 0 }): ObjectValue => ({
  dws_audit_dump_records: [{ cluster_ids: [cluster], ...rules }],
});

/** What core says of the same policy. */
async function verdictOf(policy: core.GatePolicy): Promise<core.GateVerdict> {
  const client = core.createClient({ env: emulator.env });
  try {
    return await core.evaluateGate(client, policy);
  } finally {
    await client.close();
  }
}

test("a gate in order has a state with the arguments as written, and says nothing", async () => {
  const config = {
    ...dumps(clusters.healthy, {
      within: "7d",
      max_age: "24h",
      max_failures: 0,
      bucket_name: "audit-archive",
    }),
    dds_audit_logs: [
      { instance_ids: [instances.healthy], within: "7d", node_ids: [...nodes.healthy], max_gap: "2h" },
    ],
  };
  const { state, diagnostics } = await caller.read(GATE, config);
  expect(diagnostics).toEqual([]);
  expect(state).toMatchObject({
    passed: true,
    blocking: false,
    violations: [],
    enforcement: null,
    region: sample.region,
    project_id: sample.project.id,
    evidence_digest: expect.stringMatching(/^[\da-f]{64}$/),
  });
  expect(JSON.parse(JSON.stringify(state))).toMatchObject(config);
});

test("a violated gate is one error in core's words, without a state", async () => {
  const { state, diagnostics } = await caller.read(GATE, {
    dws_audit_dump_records: [
      { cluster_ids: [clusters.failedDump, clusters.empty], max_failures: 0, max_age: "24h" },
    ],
  });
  const verdict = await verdictOf({
    dwsAuditDumpRecords: [
      { clusterIds: [clusters.failedDump, clusters.empty], maxFailures: 0, maxAge: "24h" },
    ],
  });
  expect(verdict.violations.length).toBeGreaterThan(1);
  expect(state).toBeUndefined();
  expect(diagnostics).toEqual([
    expect.objectContaining({
      severity: 1,
      summary: core.gateHeadline(verdict),
      detail: expect.stringContaining(
        `${core.formatViolations({ violations: verdict.violations.map(violationInSnakeCase) })}\n\nLooked at project ${sample.project.id} in eu-de, signed in by `,
      ),
    }),
  ]);
});

test("an advisory gate warns, and gives out every violation", async () => {
  const config = { enforcement: "advisory", ...dumps(clusters.failedDump) };
  const { state, diagnostics } = await caller.read(GATE, config);
  const { violations } = await verdictOf({
    enforcement: "advisory",
    dwsAuditDumpRecords: [{ clusterIds: [clusters.failedDump], maxFailures: 0 }],
  });
  expect(diagnostics).toMatchObject([
    {
      severity: 2,
      summary:
        "The gate has not passed, but only warns: 1 violation (dws.dump.max-failures of a0d17a7e-c001-4000-8000-000000000002)",
    },
  ]);
  expect(state).toMatchObject({ passed: false, blocking: false });
  const [{ ruleId: rule_id, ...facts } = { ruleId: "" }] = violations.map(violationInSnakeCase);
  expect(facts).toMatchObject({ rule: "max_failures", records: [expect.stringMatching(/^executor_time=/)] });
  expect(JSON.parse(JSON.stringify(state?.["violations"]))).toEqual([{ ...facts, rule_id, code: null }]);
});

test("on_error softens what cannot be read, and nothing else", async () => {
  emulator.inject({ on: "dumps", status: 403 });
  const closed = await caller.read(GATE, dumps(clusters.healthy));
  expect(closed.state).toBeUndefined();
  expect(closed.diagnostics).toMatchObject([
    { severity: 1, detail: expect.stringContaining("ERR_FORBIDDEN") },
  ]);

  const softened = await caller.read(GATE, { on_error: "warn", ...dumps(clusters.healthy) });
  expect(softened.diagnostics).toMatchObject([
    { severity: 2, detail: expect.stringContaining("(a warning only)") },
  ]);
  expect(softened.state).toMatchObject({ passed: false, violations: [{ kind: "error", blocking: false }] });

  await emulator.clearFaults();
  const violated = await caller.read(GATE, { on_error: "warn", ...dumps(clusters.failedDump) });
  expect(violated.diagnostics).toMatchObject([{ severity: 1 }]);
});

test("the id is the same in every reading, whatever is read, and another one for another policy", async () => {
  const advisory = { enforcement: "advisory", ...dumps(clusters.healthy) };
  const ids = new Set([(await caller.read(GATE, advisory)).state?.["id"]]);
  emulator.inject({ on: "dumps", status: 503 });
  ids.add((await caller.read(GATE, advisory)).state?.["id"]);
  expect(ids).toEqual(new Set([expect.stringMatching(/^[\da-f]{32}$/)]));
  const other = { enforcement: "advisory", ...dumps(clusters.healthy, { max_failures: 1 }) };
  ids.add((await caller.read(GATE, other)).state?.["id"]);
  expect(ids.size).toBe(2);
}, 20_000);

test("a gate may be about another region and project", async () => {
  const { region, project, cluster } = sample.netherlands;
  const { state, diagnostics } = await caller.read(GATE, {
    ...dumps(cluster),
    region,
    project_id: project.id,
  });
  expect(diagnostics).toEqual([]);
  expect(state).toMatchObject({ passed: true, region, project_id: project.id });
});

test.each<[ObjectValue, string | undefined, string]>([
  [{}, undefined, "demands nothing: give dws_audit_dump_records, dws_parameter_modification_records or"],
  [
    dumps(clusters.healthy, {}),
    "dws_audit_dump_records",
    "dws_audit_dump_records[0] has no rule: give max_age",
  ],
  [
    dumps(clusters.healthy, { max_age: "1 day" }),
    "dws_audit_dump_records",
    'dws_audit_dump_records[0].max_age cannot be "1 day"',
  ],
  [dumps(clusters.healthy, { max_failures: 2n ** 70n }), "dws_audit_dump_records", "1180591620717411303424"],
  [
    {
      dws_parameter_modification_records: [
        {
          cluster_ids: [clusters.healthy],
          freeze_windows: [{ start: "2026-01-02T00:00:00Z", end: "2026-01-01T00:00:00Z" }],
        },
      ],
    },
    "dws_parameter_modification_records",
    "dws_parameter_modification_records[0].freeze_windows[0]",
  ],
  [{ dds_audit_logs: [null] }, "dds_audit_logs", "dds_audit_logs[0] cannot be null"],
])("the policy %j is an invalid argument at its attribute", async (config, attribute, detail) => {
  const before = emulator.requests.length;
  const { state, diagnostics } = await caller.read(GATE, config);
  expect(state).toBeUndefined();
  expect(diagnostics).toMatchObject([
    { severity: 1, summary: "Invalid argument", detail: expect.stringContaining(detail) },
  ]);
  expect(diagnostics?.[0]?.detail).toContain("ERR_ARGUMENT");
  expect(diagnostics?.[0]?.attribute?.steps?.[0]?.attributeName).toBe(attribute);
  expect(emulator.requests).toHaveLength(before);
});

test("what the schema says of a policy is checked without loading anything", async () => {
  const config = toMessage(readerSchema(GATE), {
    enforcement: "off",
    dws_audit_dump_records: [{ cluster_ids: ["x"], max_failures: -1 }],
    dds_audit_logs: [{ instance_ids: [], within: "7d" }],
  });
  const { diagnostics } = await caller.call("validateDataResourceConfig", { typeName: GATE, config });
  expect(diagnostics?.map(({ detail }) => detail)).toEqual([
    'enforcement must be "mandatory" or "advisory", not "off".',
    'dws_audit_dump_records[0].cluster_ids[0] must be a GUID, such as 7d85f602-a948-4a30-afd4-e84f47471c15, or "*" alone for all there are, not "x".',
    "dws_audit_dump_records[0].max_failures must be a whole number of at least 0, not -1.",
    "dds_audit_logs[0].instance_ids must have at least one element.",
  ]);
  expect(caller.loads()).toBe(0);
});

const unruled = {
  cluster_ids: [clusters.healthy],
  within: "7d",
  time_zone: "UTC",
  failed_results: ["X"],
};

test.each<[ObjectValue, string, string | undefined]>([
  [{}, "demands nothing: give dws_audit_dump_records, dws_parameter_modification_records or", undefined],
  [{ dws_audit_dump_records: [], dds_audit_logs: [] }, "demands nothing: give", undefined],
  [
    { dws_audit_dump_records: [unruled] },
    "dws_audit_dump_records[0] has no rule: give max_age, max_failures,",
    "cluster_ids",
  ],
  [
    { dws_parameter_modification_records: [{ cluster_ids: [clusters.healthy], no_pending: false }] },
    "dws_parameter_modification_records[0] has no rule: give no_pending",
    "cluster_ids",
  ],
  [
    { dws_parameter_modification_records: [{ cluster_ids: [clusters.healthy], freeze_windows: [] }] },
    "has no rule",
    "cluster_ids",
  ],
  [
    { dds_audit_logs: [{ instance_ids: ["i"], within: "7d" }] },
    "dds_audit_logs[0] has no rule: give node_ids",
    "instance_ids",
  ],
])("validate refuses the policy %j, as core does, without loading it", async (config, text, place) => {
  const message = toMessage(readerSchema(GATE), config);
  for (const call of ["validateDataResourceConfig", "validateEphemeralResourceConfig"] as const) {
    const { diagnostics } = await caller.call(call, { typeName: GATE, config: message });
    expect(diagnostics).toMatchObject([
      { severity: 1, summary: "Invalid argument", detail: expect.stringContaining(text) },
    ]);
    expect(diagnostics?.[0]?.attribute?.steps?.at(-1)?.attributeName).toBe(place);
  }
  expect(caller.loads()).toBe(0);
  expect((await caller.read(GATE, config)).diagnostics?.[0]?.detail).toContain(text);
});

test.each<[ObjectValue]>([
  [{ dws_audit_dump_records: UNKNOWN }],
  [{ dws_audit_dump_records: [UNKNOWN] }],
  [{ dws_audit_dump_records: [{ cluster_ids: UNKNOWN, max_age: UNKNOWN }] }],
  [{ dws_parameter_modification_records: [{ cluster_ids: UNKNOWN, no_pending: UNKNOWN }] }],
])("validate says nothing of %j, which may yet demand something", async (config) => {
  const message = toMessage(readerSchema(GATE), config);
  expect(await caller.call("validateDataResourceConfig", { typeName: GATE, config: message })).toEqual({
    diagnostics: [],
  });
});

test("the ephemeral gate finds the same as the data source", async () => {
  const schema = readerSchema(GATE);
  const config = dumps(clusters.healthy);
  const opened = await caller.call("openEphemeralResource", {
    typeName: GATE,
    config: toMessage(schema, config),
  });
  // Each evaluation has its own time and requests.
  const found = { ...(await caller.read(GATE, config)).state, verdict_digest: expect.any(String) as unknown };
  expect(fromMessage(schema, opened.result?.msgpack)).toEqual(found);
  const closed = await caller.call("openEphemeralResource", {
    typeName: GATE,
    config: toMessage(schema, dumps(clusters.failedDump)),
  });
  expect(closed.result).toBeUndefined();
  expect(closed.diagnostics).toMatchObject([{ severity: 1 }]);
});

test("what is acknowledged lets the gate pass, with a warning that says so", async () => {
  const { state: found } = await caller.read(GATE, {
    ...dumps(clusters.failedDump),
    enforcement: "advisory",
  });
  const [, time = ""] = /executor_time="([^"]+)"/.exec(JSON.stringify(found).replaceAll("\\", "")) ?? [];
  const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
  const acknowledged = [
    {
      rule: "dws.dump.max-failures",
      subject: clusters.failedDump,
      record: { executor_time: time },
      reason: "OPS-12",
      since: day(-1),
      until: day(30),
    },
  ];
  const { state, diagnostics } = await caller.read(GATE, { ...dumps(clusters.failedDump), acknowledged });
  expect(state).toMatchObject({
    passed: true,
    violations: [],
    acknowledged_findings: [{ reason: "OPS-12" }],
  });
  expect(diagnostics).toMatchObject([
    { severity: 2, summary: expect.stringMatching(/^The gate has passed with 1 acknowledged/) },
  ]);
  expect(diagnostics?.[0]?.detail).toContain(`(executor_time="${time}") until ${day(30)}: OPS-12`);
  const other = [{ ...acknowledged[0], record: { executor_time: "2026-01-01T00:00:00" } }];
  const closed = await caller.read(GATE, { ...dumps(clusters.failedDump), acknowledged: other });
  expect(closed.diagnostics).toMatchObject([
    { severity: 1, detail: expect.stringContaining("meets nothing") },
  ]);
});
