import { fieldsOf, gatePolicy, type GatePolicy, type GateViolation } from "@auditgate/core";
import { type Emulator, sample, startEmulator } from "@auditgate/emulator";
import { type GateStack, gateStack, runOf } from "./gate-stack.ts";
import { type Scratch, scratch } from "./stack.ts";

jest.setTimeout(180_000);

const { clusters, instances, nodes } = sample;

/** Every rule, kept. */
const kept: GatePolicy = {
  dwsAuditDumpRecords: [
    {
      clusterIds: [clusters.healthy],
      within: "7d",
      maxAge: "3h",
      maxFailures: 0,
      maxGap: "1h",
      maxRunning: "3h",
      bucketName: "audit-archive",
      locationPrefix: "dws",
      timeZone: "+00:00",
      successResults: ["SUCCESS"],
      failedResults: ["FAILED"],
    },
  ],
  dwsParameterModificationRecords: [
    {
      clusterIds: [clusters.healthy],
      within: "30d",
      noPending: true,
      maxFailed: 0,
      maxChanges: 100,
      allowedOperators: ["dba-anna", "dba-tomas", "automation"],
      freezeWindows: [
        { start: "2020-12-20T00:00:00", end: "2021-01-02T00:00:00", timeZone: "Europe/Berlin" },
      ],
    },
  ],
  ddsAuditLogs: [
    {
      instanceIds: [instances.healthy],
      within: "7d",
      nodeIds: nodes.healthy,
      maxGap: "2h",
      maxAge: "3h",
      minLogs: 100,
      maxTotalBytes: 1e13,
    },
  ],
};

/** Every rule, broken. */
const broken: GatePolicy = {
  dwsAuditDumpRecords: [
    {
      clusterIds: [clusters.failedDump],
      maxFailures: 0,
      maxAge: "1h",
      bucketName: "elsewhere",
      locationPrefix: "other",
    },
    { clusterIds: [clusters.empty], maxGap: "1h" },
    { clusterIds: [clusters.runningDump], maxRunning: "30m" },
  ],
  dwsParameterModificationRecords: [
    {
      clusterIds: [clusters.pendingChanges],
      noPending: true,
      maxFailed: 0,
      maxChanges: 0,
      allowedOperators: ["nobody"],
      freezeWindows: [{ start: "2020-01-01T00:00:00Z", end: "2100-01-01T00:00:00Z" }],
    },
  ],
  ddsAuditLogs: [
    {
      instanceIds: [instances.silentNode],
      within: "1d",
      nodeIds: nodes.silentNode,
      minLogs: 100_000,
      maxTotalBytes: 1,
    },
    { instanceIds: [instances.silentNode], within: "7d", maxGap: "2h" },
    { instanceIds: [instances.empty], within: "1d", maxAge: "2h" },
  ],
};

/** `query.rule` of every rule that the declaration has. */
const rules = fieldsOf(gatePolicy).flatMap(({ wireName, kind }) => {
  if (kind.type !== "list" || kind.of.type !== "object") return [];
  const names = kind.of.fields.map((field) => field.name);
  const others = /^(clusterIds|instanceIds|within|timeZone|.+(Results|Statuses))$/;
  return names.filter((rule) => !others.test(rule)).map((rule) => ({ query: wireName, rule }));
});

let emulator: Emulator;
let at: Scratch;
let gated: GateStack;

beforeAll(async () => {
  emulator = await startEmulator();
  at = scratch();
  gated = await gateStack(at, emulator, {
    program: `
      const gate = new auditgate.AuditGate("gate", policy);
      new Deployment("guarded", { dependsOn: gate });
      export const { passed, violations, evidenceDigest } = gate;`,
  });
});

afterAll(async () => {
  await emulator.close();
  at.remove();
});

test("every rule can be broken: one error says of all of them what was expected and found", async () => {
  await gated.configure({ policy: broken });
  const { code, diagnostics } = await runOf((on) => gated.stack.up(on));
  expect(code).toBe(1);
  expect(diagnostics.match(/The gate is closed: \d+ violations/g)).toHaveLength(1);
  for (const { rule } of rules) expect(diagnostics).toMatch(new RegExp(`^ +${rule}: .*\n +expected `, "m"));
  expect(gated.traces()).toEqual([]);
});

test("every rule can be kept, over all three queries at once", async () => {
  await gated.configure({ policy: kept });
  const { outputs } = await gated.stack.up();
  expect(outputs).toMatchObject({ passed: { value: true }, violations: { value: [] } });
  expect(gated.traces()).toEqual(["create guarded 1"]);
  await gated.stack.up({ expectNoChanges: true });
});

test("advisory, a gate with every rule broken gives out each violation", async () => {
  await gated.configure({ policy: { ...broken, enforcement: "advisory" } });
  const { outputs } = await gated.stack.up();
  const found = outputs["violations"]?.value as readonly GateViolation[];
  expect(new Set(found.map(({ query, rule }) => `${query}.${rule}`))).toEqual(
    new Set(rules.map(({ query, rule }) => `${query}.${rule}`)),
  );
  expect(found.every(({ blocking }) => !blocking)).toBe(true);
});
