import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { type Client, createClient, evaluateGate, type GatePolicy } from "@auditgate/core";
import fc from "fast-check";
import { stopClock } from "./gate-reference/clock.ts";
import { believed, type Sent } from "./gate-reference/answers.ts";
import { changesPass } from "./gate-reference/changes.ts";
import { dumpsPass } from "./gate-reference/dumps.ts";
import { AT, chain, length, limit, maybe, minute, rulesOf, written } from "./gate-reference/history.ts";
import { logsPass } from "./gate-reference/logs.ts";
import { wired } from "./gate-reference/wire.ts";

jest.setTimeout(1_200_000);

const CLUSTER = "a0d17a7e-c001-4000-8000-000000000001";

/** How a service answers in one evaluation. What is a list is used in turn, by one answer each. */
interface Manner {
  readonly pageCap: number;
  readonly totals: readonly ((rows: number) => unknown)[];
  /** Minutes that Dates are ahead; null for an answer without a Date. */
  readonly ahead: readonly (number | null)[];
  readonly ages: readonly (string | undefined)[];
  readonly status: number;
  readonly error: object;
}

let rows: readonly object[] = [];
let manner: Manner;
let sent: Sent[] = [];
let cases = 0;
let projectId = "";
let server: Server;
let client: Client;

beforeAll(async () => {
  stopClock();
  server = createServer(({ url = "" }, response) => {
    // What an evaluation that has ended asked ahead.
    if (!url.includes(`/${projectId}/`)) return void response.destroy();
    const { searchParams } = new URL(url, "http://service");
    const paged = searchParams.has("limit");
    const asked = Number(searchParams.get("limit"));
    const start = Number(searchParams.get("offset")) * (url.includes("configurations") ? asked : 1);
    const limited = Math.min(asked, manner.pageCap);
    const turn = <T>(all: readonly T[]) => all[sent.length % all.length];
    const ahead = turn(manner.ahead) ?? null;
    const answer: Sent = {
      date: ahead === null ? undefined : AT + ahead,
      age: turn(manner.ages),
      total: turn(manner.totals)?.(rows.length),
      status: manner.status,
      error: Object.keys(manner.error).length > 0,
    };
    sent.push(answer);
    response.sendDate = false;
    if (answer.date !== undefined) response.setHeader("Date", new Date(answer.date * 60_000).toUTCString());
    if (answer.age !== undefined) response.setHeader("Age", answer.age);
    response.statusCode = answer.status;
    const list = paged ? rows.slice(start, start + limited) : rows;
    const { total } = answer;
    response.end(
      JSON.stringify({ records: list, audit_logs: list, count: total, total_record: total, ...manner.error }),
    );
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  client = createClient({
    endpoints: { dws: url, dds: url },
    credentials: { token: "t" },
    env: {},
  });
});

afterAll(async () => {
  await client.close();
  server.close();
  jest.useRealTimers();
});

const right = (count: number): unknown => count;
const mostly = <T>(usual: T, ...odd: readonly T[]) =>
  fc.oneof({ weight: 8, arbitrary: fc.constant([usual]) }, { weight: 1, arbitrary: turns(usual, ...odd) });
const turns = <T>(...values: readonly T[]) =>
  fc.array(fc.constantFrom(...values), { minLength: 1, maxLength: 3 });

const manners: fc.Arbitrary<Manner> = fc.record({
  pageCap: fc.constantFrom(4, 100),
  totals: mostly<(rows: number) => unknown>(
    right,
    (count) => `${count}`,
    () => undefined,
    () => null,
    () => -1,
    () => "many",
    () => 1e300,
    () => 0,
    () => 0.5,
    (count) => count + 1,
    () => false,
    () => [],
  ),
  ahead: mostly<number | null>(
    0,
    1,
    -1,
    4,
    -4,
    6,
    -6,
    120,
    -120,
    179,
    -179,
    181,
    4320,
    -14_256,
    26_280_000,
    null,
  ),
  ages: mostly<string | undefined>(undefined, "0", "299", "301", "855360", "-1", "soon"),
  status: mostly(200, 201, 202, 203, 204, 206).map(([status = 200]) => status),
  error: mostly<object>({}, { error_code: "DWS.5000" }, { errCode: "X.1" }).map(([error = {}]) => error),
});

const dumps = fc.record({
  kind: fc.constant("dumps" as const),
  rules: rulesOf(
    fc.record({
      within: maybe(fc.constantFrom("5h", "2d")),
      maxAge: maybe(limit),
      maxFailures: maybe(fc.integer({ min: 0, max: 3 })),
    }),
    "within",
  ),
  records: chain((begin, end) =>
    fc.record({
      clusterId: fc.constant(CLUSTER),
      executorTime: fc.constant(written(begin + 1)),
      beginTime: fc.constant(written(begin)),
      endTime: fc.constant(written(end)),
      bucketName: fc.constant("audit"),
      locationPrefix: fc.constant("dws"),
      result: fc.constantFrom("SUCCESS", "SUCCESS", "SUCCESS", "RUNNING"),
      failedReason: fc.constantFrom(null, null, null, "full"),
    }),
  ),
});

const changes = fc.record({
  kind: fc.constant("changes" as const),
  rules: rulesOf(
    fc.record({
      within: maybe(fc.constantFrom("5h", "2d")),
      noPending: maybe(fc.constant(true)),
      maxFailed: maybe(fc.integer({ min: 0, max: 3 })),
      maxChanges: maybe(fc.integer({ min: 0, max: 6 })),
    }),
    "within",
  ),
  records: fc
    .array(
      fc.tuple(minute, length).chain(([start, long]) =>
        fc.record({
          operator: fc.constant("anna"),
          startTime: fc.constant(`${written(start)}.000Z`),
          endTime: fc.constant(`${written(start + Math.max(long, 0))}.000Z`),
          status: fc.constantFrom("In-Sync", "In-Sync", "In-Sync", "Applying"),
          failedReason: fc.constantFrom(null, null, null, "full"),
        }),
      ),
      { maxLength: 25 },
    )
    .map((all) => all.map((row, index) => ({ id: `${index}`, ...row }))),
});

const logs = fc.record({
  kind: fc.constant("logs" as const),
  rules: rulesOf(
    fc.record({
      within: fc.constantFrom("1h", "5h", "2d"),
      maxAge: maybe(limit),
      minLogs: maybe(fc.integer({ min: 1, max: 4 })),
      maxTotalBytes: maybe(fc.integer({ min: 0, max: 40 })),
    }),
    "within",
  ),
  records: chain((begin, end) =>
    fc.record({
      name: fc.constant("log"),
      nodeId: fc.constant("n1"),
      size: fc.constantFrom(3, 0, 17),
      startTime: fc.constant(`${written(begin)}+0000`),
      endTime: fc.constant(`${written(end)}+0000`),
    }),
  ).map((all) => all.map((row, index) => ({ id: `${index}`, ...row }))),
});

type Case = typeof dumps | typeof changes | typeof logs extends fc.Arbitrary<infer Each> ? Each : never;

function policyOf(given: Case): GatePolicy {
  switch (given.kind) {
    case "dumps":
      return { dwsAuditDumpRecords: [{ clusterIds: [CLUSTER], ...given.rules }] };
    case "changes":
      return { dwsParameterModificationRecords: [{ clusterIds: [CLUSTER], ...given.rules }] };
    case "logs":
      return { ddsAuditLogs: [{ instanceIds: ["in02"], ...given.rules }] };
  }
}

/** As the documentation has it. */
function mayPass(given: Case): boolean {
  const timed = given.kind === "logs" || "maxAge" in given.rules || given.rules.within !== undefined;
  const facts = { rows: rows.length, paged: given.kind !== "dumps", timed, now: AT };
  if (!believed(sent, facts)) return false;
  const at = Math.max(...sent.map(({ date = AT }) => date));
  switch (given.kind) {
    case "dumps":
      return dumpsPass(given.records, given.rules, at);
    case "changes":
      return changesPass(given.records, given.rules, at);
    case "logs":
      return logsPass(given.records, given.rules, at);
  }
}

test("no totals, statuses, Dates and Ages open a gate over a history that must not pass", async () => {
  const counts = { passed: 0, refused: 0, stricter: 0 };
  await fc.assert(
    fc.asyncProperty(fc.oneof(dumps, changes, logs), manners, async (given: Case, how) => {
      rows = given.records.map(wired);
      manner = how;
      sent = [];
      projectId = `p${cases++}`;
      const { passed } = await evaluateGate(client.with({ projectId }), policyOf(given));
      const may = mayPass(given);
      expect(passed && !may).toBe(false);
      if (passed) counts.passed++;
      else counts[may ? "stricter" : "refused"]++;
    }),
  );
  const all = counts.passed + counts.refused + counts.stricter;
  expect(counts.passed / all).toBeGreaterThan(0.05);
  expect(counts.refused / all).toBeGreaterThan(0.2);
  // Such as a window that was asked for by a clock that was corrected in between.
  expect(counts.stricter / all).toBeLessThan(0.02);
});
