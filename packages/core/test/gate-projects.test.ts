import type { Server } from "node:http";
import { type Client, createClient, evaluateGate, type GatePolicy } from "@auditgate/core";
import fc from "fast-check";
import { stopClock } from "./gate-reference/clock.ts";
import { believed } from "./gate-reference/answers.ts";
import { dumpsPass } from "./gate-reference/dumps.ts";
import { AT, chain, maybe, minute, rulesOf, written } from "./gate-reference/history.ts";
import { ledgerOf } from "./gate-reference/ledger.ts";
import { logsPass } from "./gate-reference/logs.ts";
import { lists, mostly, type Project, serveProject, subjects } from "./gate-reference/project.ts";
import { subjectsOf } from "./gate-reference/subjects.ts";

jest.setTimeout(1_200_000);

const CLUSTERS = [1, 2, 3, 4, 5].map((number) => `a0d17a7e-c001-4000-8000-00000000000${number}`);
const INSTANCES = [1, 2, 3, 4].map((number) => `a0d17a7e00000000000000000000001${number}in02`);

let project: Project;
let server: Server;
let client: Client;
let cases = 0;

beforeAll(async () => {
  stopClock();
  const served = await serveProject(() => project);
  server = served.server;
  client = createClient({
    endpoints: { dws: served.url, dds: served.url },
    credentials: { token: "t" },
    env: {},
  });
});

afterAll(async () => {
  await client.close();
  server.close();
  jest.useRealTimers();
});

async function passes(given: Omit<Project, "id">, policy: GatePolicy): Promise<boolean> {
  project = { ...given, id: `p${cases++}` };
  const { passed } = await evaluateGate(client.with({ projectId: project.id }), policy);
  return passed;
}

/** Lists are asked whole or by pages; what is listed has no times that matter. */
function listedIn({ listed, sent }: Project, paged: boolean) {
  const facts = { rows: listed.length, paged, timed: false, now: AT };
  return believed([sent], facts) ? listed : undefined;
}

/** A property that is always violated, or never, would prove nothing. */
function expectBoth({ passed, all }: { readonly passed: number; readonly all: number }): void {
  expect(passed / all).toBeGreaterThan(0.1);
  expect(passed / all).toBeLessThan(0.9);
}

test("every cluster but some, with what is acknowledged, is judged as the reference judges", async () => {
  const dump = minute.chain((ran) =>
    fc.record({
      executorTime: fc.constant(written(ran)),
      beginTime: fc.constant(written(ran - 60)),
      endTime: fc.constant(written(ran)),
      bucketName: fc.constant("audit"),
      locationPrefix: fc.constant("dws"),
      result: mostly(12, "SUCCESS", "RUNNING", "?"),
      failedReason: mostly<string | null>(12, null, "full"),
    }),
  );
  const rules = rulesOf(
    fc.record({
      maxAge: maybe(fc.constant("2d")),
      maxFailures: maybe(fc.integer({ min: 0, max: 1 })),
      maxRunning: maybe(fc.constant("1h")),
    }),
  );
  const sets = fc.array(
    fc.tuple(subjects(CLUSTERS), rules).map(([{ wanted, ...rest }, given]) => ({ wanted, rest, given })),
    { minLength: 1, maxLength: 2 },
  );
  const rare = ["ACTIVE", "FROZEN", "CREATING", "DELETED", "RESIZING", "creating", "", null] as const;
  const each = fc.record({
    list: lists(CLUSTERS, "AVAILABLE", ...rare),
    sets,
    rows: fc
      .tuple(...CLUSTERS.map(() => fc.array(dump, { maxLength: 3 })))
      .map((all) => Object.fromEntries(CLUSTERS.map((id, index) => [id, all[index] ?? []]))),
    known: fc.array(
      fc.tuple(fc.constantFrom(...CLUSTERS), fc.nat(2), fc.constantFrom("failures", "running", "age")),
      { maxLength: 12 },
    ),
  });
  const counts = { passed: 0, all: 0 };
  await fc.assert(
    fc.asyncProperty(each, async ({ list, sets, rows, known }) => {
      const acknowledged = known.flatMap(([subject, index, rule]) => {
        const executorTime = rows[subject]?.[index]?.executorTime;
        const period = { since: "2026-02-28", until: "2026-03-20", reason: "known" };
        return executorTime === undefined
          ? []
          : [{ rule: `dws.dump.max-${rule}`, subject, record: { executorTime }, ...period }];
      });
      const passed = await passes(
        { ...list, rows },
        {
          dwsAuditDumpRecords: sets.map(({ wanted, rest, given }) => ({
            clusterIds: wanted,
            ...rest,
            ...given,
          })),
          ...(acknowledged.length > 0 && { acknowledged }),
        },
      );
      const listed = listedIn(project, false);
      const expected = sets.every(({ wanted, rest, given }) =>
        subjectsOf(wanted, rest.except, listed, "clusters")?.every((id) =>
          dumpsPass((rows[id] ?? []) as never, given, AT, ledgerOf(acknowledged, id, AT)),
        ),
      );
      expect(passed).toBe(expected);
      counts.all++;
      if (passed) counts.passed++;
    }),
  );
  expectBoth(counts);
});

test("every instance but some, and every node that is listed, is judged as the reference judges", async () => {
  const nodes = ["n1", "n2"];
  const logs = chain((begin, end) =>
    fc.record({
      name: fc.constant("log"),
      nodeId: mostly(6, "n1", "n2"),
      size: fc.constant(3),
      startTime: fc.constant(`${written(begin)}+0000`),
      endTime: fc.constant(`${written(Math.max(begin, end))}+0000`),
    }),
  ).map((all) => all.map((log, index) => ({ id: `${index}`, ...log })));
  const set = fc.tuple(
    subjects(INSTANCES),
    rulesOf(
      fc.record({
        within: fc.constantFrom("1d", "2d"),
        nodeIds: maybe(fc.constantFrom<string[]>(["*"], ["*"], ["n1"])),
        maxGap: maybe(fc.constant("1d")),
        minLogs: maybe(fc.constant(1)),
      }),
      "within",
    ),
  );
  const each = fc.record({
    list: lists(INSTANCES, "normal", "abnormal", "frozen", "creating", "createfail", "Normal", "", null),
    sets: fc.array(set, { minLength: 1, maxLength: 2 }),
    rows: fc
      .tuple(...INSTANCES.map(() => logs))
      .map((all) => Object.fromEntries(INSTANCES.map((id, index) => [id, all[index] ?? []]))),
    nodes: fc
      .tuple(...INSTANCES.map(() => mostly(3, ["n1"], nodes, [])))
      .map((all) => Object.fromEntries(INSTANCES.map((id, index) => [id, all[index] ?? []]))),
  });
  const counts = { passed: 0, all: 0 };
  await fc.assert(
    fc.asyncProperty(each, async ({ list, sets, rows, nodes }) => {
      const passed = await passes(
        { ...list, rows, nodes },
        {
          ddsAuditLogs: sets.map(([{ wanted, ...rest }, given]) => ({
            instanceIds: wanted,
            ...rest,
            ...given,
          })),
        },
      );
      const listed = listedIn(project, true);
      const expected = sets.every(([{ wanted, except }, given]) =>
        subjectsOf(wanted, except, listed, "instances")?.every((id) => {
          if (!given.nodeIds?.includes("*")) return logsPass((rows[id] ?? []) as never, given, AT);
          // Nodes are those that the list names; of an instance that is not in it, nobody knows them.
          const named = listed?.some((one) => one.id === id) ? (nodes[id] ?? []) : [];
          return named.length > 0 && logsPass((rows[id] ?? []) as never, { ...given, nodeIds: named }, AT);
        }),
      );
      expect(passed).toBe(expected);
      counts.all++;
      if (passed) counts.passed++;
    }),
  );
  expectBoth(counts);
});
