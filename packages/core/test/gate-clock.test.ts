import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { type Client, createClient, evaluateGate, formatViolations, type GatePolicy } from "@auditgate/core";
import { type Emulator, type Fault, generateData, sample, startEmulator } from "@auditgate/emulator";

jest.setTimeout(60_000);

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const { clusters, instances } = sample;
const date = (aheadMs: number) => ({ Date: new Date(Date.now() + aheadMs).toUTCString() });

/** In order, with rules that need a time and with rules that need none. */
const policies: readonly (readonly [name: string, policy: GatePolicy])[] = [
  ["dumps by age", { dwsAuditDumpRecords: [{ clusterIds: [clusters.healthy], maxAge: "12d" }] }],
  ["dumps by number", { dwsAuditDumpRecords: [{ clusterIds: [clusters.healthy], maxFailures: 0 }] }],
  [
    "changes",
    { dwsParameterModificationRecords: [{ clusterIds: [clusters.busy], within: "24h", maxChanges: 9999 }] },
  ],
  ["logs", { ddsAuditLogs: [{ instanceIds: [instances.healthy], within: "40d", minLogs: 1 }] }],
];

let emulator: Emulator;
let client: Client;

beforeAll(async () => {
  // Nothing is newer than a service that is two hours behind.
  emulator = await startEmulator({ data: generateData({ anchor: new Date(Date.now() - 3 * HOUR_MS) }) });
});

beforeEach(() => {
  client = createClient({ env: emulator.env, timeoutMs: 10_000 });
});

afterEach(async () => {
  await client.close();
  await emulator.reset();
});

afterAll(() => emulator.close());

async function judge(policy: GatePolicy, ...faults: readonly Fault[]) {
  for (const fault of faults) emulator.inject(fault);
  return evaluateGate(client, policy);
}

describe.each(policies)("a gate about %s", (_, policy) => {
  test.each<[string, Fault | undefined]>([
    ["the service says the time as it is", undefined],
    ["the service is two hours ahead", { headers: date(2 * HOUR_MS) }],
    ["the service is two hours behind", { headers: date(-2 * HOUR_MS) }],
    ["a cache gives an answer of two minutes ago", { headers: { Age: "120" } }],
  ])("passes where %s", async (__, fault) => {
    expect((await judge(policy, ...(fault ? [fault] : []))).violations).toEqual([]);
  });

  test.each<[string, Fault, string]>([
    ["two days ahead", { headers: date(2 * DAY_MS) }, "one of the two clocks is wrong"],
    ["50 years ahead", { headers: date(50 * 365 * DAY_MS) }, "one of the two clocks is wrong"],
    ["four hours behind", { headers: date(-4 * HOUR_MS) }, "one of the two clocks is wrong"],
    ["of 1970", { headers: { Date: "Thu, 01 Jan 1970 00:00:00 GMT" } }, "one of the two clocks is wrong"],
    ["of a cache", { headers: { ...date(-9 * DAY_MS), Age: "855360" } }, "of a cache, 9d 21h old"],
    ["of a cache, dated anew", { headers: { Age: "855360" } }, "of a cache, 9d 21h old"],
    ["of an age that is no number", { headers: { Age: "old" } }, "Age header cannot be read"],
  ])("does not pass over answers %s", async (__, fault, found) => {
    const verdict = await judge({ ...policy, onError: "warn" }, fault);
    expect(verdict).toMatchObject({ passed: false, blocking: true });
    expect(verdict.violations).toMatchObject([
      { rule: "clock", kind: "unknown", found: expect.stringContaining(found) },
    ]);
    expect(formatViolations(verdict)).toContain("let requests pass it");
  });
});

test.each([1, 2, 3])("one page that is dated three days ahead hides nothing: page %i", async (nth) => {
  const within = { dwsParameterModificationRecords: [{ clusterIds: [clusters.busy], within: "24h" }] };
  const policy = {
    dwsParameterModificationRecords: [{ ...within.dwsParameterModificationRecords[0]!, maxChanges: 0 }],
  };
  const { passed, violations } = await judge(policy, { nth, times: 1, headers: date(3 * DAY_MS) });
  expect(passed).toBe(false);
  expect(violations).toMatchObject([{ rule: "clock", kind: "unknown" }]);
});

test("a page without a date leaves the time unknown", async () => {
  const rules = { clusterIds: [clusters.busy], within: "24h", maxChanges: 9999 };
  const { violations } = await judge(
    { dwsParameterModificationRecords: [rules] },
    { nth: 2, times: 1, headers: { Date: "" } },
  );
  expect(violations).toMatchObject([{ rule: "readable", kind: "unknown" }]);
});

test("readings of one evaluation are compared with each other, in the order of the policy", async () => {
  const clusterIds = [clusters.healthy, clusters.failedDump];
  const policy: GatePolicy = {
    dwsAuditDumpRecords: [{ clusterIds, maxFailures: 9999 }],
    dwsParameterModificationRecords: [{ clusterIds, maxChanges: 99_999 }],
  };
  expect((await judge(policy)).passed).toBe(true);
  const { violations } = await judge(policy, { path: clusters.failedDump, headers: date(6 * 60_000) });
  expect(violations.map(({ subject, rule, kind }) => [subject, rule, kind])).toEqual([
    [clusters.failedDump, "clock", "unknown"],
    [clusters.failedDump, "clock", "unknown"],
  ]);
  expect(violations[0]?.found).toMatch(/^answers that disagree by (?:5m 5\ds|6m)/);
});

test("every request says that no answer of the past will do, where caches may read it", async () => {
  const seen: { readonly [name: string]: unknown }[] = [];
  const server = createServer((request, response) => {
    seen.push({ path: request.url?.replace(/\?.*/, ""), ...request.headers });
    response.setHeader("x-subject-token", "token");
    response.end(
      JSON.stringify({
        token: {},
        projects: [{ id: "p1", name: "eu-de" }],
        credential: { access: "ak", secret: "sk", securitytoken: "st", expires_at: "2099-01-01T00:00:00Z" },
        records: [],
        count: 0,
      }),
    );
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const assumeRole = { agencyName: "audit", domainName: "d" };
  await using own = createClient({
    region: "eu-de",
    endpoints: { dws: url, iam: url },
    credentials: { userId: "u", password: "pw", domainId: "d", assumeRole },
    env: {},
  });
  const verdict = await evaluateGate(own, policies[1]![1]);
  server.close();
  expect(verdict.violations).toEqual([]);
  expect(seen.map(({ path }) => path)).toEqual([
    "/v3/auth/tokens",
    "/v3.0/OS-CREDENTIAL/securitytokens",
    "/v3/projects",
    `/v1.0/p1/clusters/${clusters.healthy}/audit-log-records`,
  ]);
  for (const headers of seen) {
    expect(headers["cache-control"]).toBe("no-cache");
    expect(JSON.stringify(headers["authorization"] ?? null)).not.toContain("cache-control");
  }
});
