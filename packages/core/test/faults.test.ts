import {
  AuditError,
  type AuditErrorCode,
  type Client,
  createClient,
  ddsAuditLogs,
  read,
  type Waiting,
} from "@auditgate/core";
import { type Emulator, type Fault, namedFaults, sample, startEmulator } from "@auditgate/emulator";
import { type Question, questionNames, questions } from "./questions.ts";
import { openWay, PROXIED_HOST, type Way, type WayName } from "./ways.ts";

jest.setTimeout(30_000);

let emulator: Emulator;
let way: Way;
let client: Client;

beforeAll(async () => {
  emulator = await startEmulator({ hosts: [PROXIED_HOST] });
  way = await openWay((process.env["FAULTS_OVER"] ?? "direct") as WayName, emulator);
});

beforeEach(() => {
  // A way in this same process takes its time over 80 MB.
  client = createClient({ env: way.env, timeoutMs: process.env["FAULTS_OVER"] ? 24_000 : 6000 });
});

afterEach(async () => {
  await client.close();
  await emulator.reset();
});

afterAll(async () => {
  way.close();
  await emulator.close();
});

const once = (name: string): Fault => ({ times: 1, ...namedFaults[name] });

describe.each(questionNames)("a reading of %s", (question) => {
  test.each<[string, Fault]>([
    ["refuse", { connection: "refuse", forMs: 5, times: 1 } as Fault],
    ...[
      "reset",
      "close",
      "reset-in-headers",
      "reset-after-headers",
      "reset-in-body",
      "hang",
      "hang-after-headers",
      "hang-in-body",
      "server-error",
      "bad-gateway",
      "unavailable",
      "gateway-timeout",
      "throttled-once",
      "retry-after-date",
      "retry-after-negative",
      "retry-after-garbage",
      "html",
      "null",
      "list",
      "empty",
      "truncated-length",
      "truncated-chunked",
      "truncated-json",
      "gzip-damaged",
    ].map((name): [string, Fault] => [name, once(name)]),
    ["408", { status: 408, times: 1 } as Fault],
    ["gzip", { encoding: "gzip" } as Fault],
    ["drip", { drip: { bytes: 4096, everyMs: 1 }, times: 1 } as Fault],
    ["newest first", { order: "newest" } as Fault],
    ["oldest first", { order: "oldest" } as Fault],
    ["extra fields", { rows: "extra-fields" } as Fault],
    ["null fields", { rows: "null-fields" } as Fault],
    ["capped pages", { pageCap: 20 } as Fault],
    ["pages capped at the usual size", { pageCap: 100 } as Fault],
    ["pages capped at an odd size", { pageCap: 333 } as Fault],
    ["long pages being refused", { query: { limit: "1000" }, status: 400 } as Fault],
    ["long pages being too much", { query: { limit: "1000" }, status: 500 } as Fault],
    ["long pages being answered with 413", { query: { limit: "1000" }, status: 413, body: "html" } as Fault],
    ["an empty page, once", { nth: 2, times: 1, pages: "empty" } as Fault],
    // A list without pages has no other proof than its total.
    ...(question === "dumps" || question === "clusters"
      ? []
      : [
          ["no total", { total: "absent" } as Fault] as [string, Fault],
          ["a null total", { total: { value: null } } as Fault] as [string, Fault],
        ]),
  ])("survives %s and is complete", async (_, fault) => {
    const undisturbed = await questions[question](client);
    emulator.inject(fault);
    const reading = await questions[question](client);
    expect(reading).toMatchObject({ complete: true });
    expect(reading.records).toHaveLength(undisturbed.records.length);
  });

  test.each<[string, Fault, AuditErrorCode, number]>([
    ["a refused connection", { connection: "refuse", forMs: 20_000 }, "ERR_CONNECTION", 0],
    ["a reset connection", { connection: "reset" }, "ERR_CONNECTION", 3],
    ["500", { status: 500 }, "ERR_SERVER", 3],
    ["502 as HTML", { status: 502, body: "html" }, "ERR_SERVER", 3],
    ["503", { status: 503 }, "ERR_SERVER", 3],
    ["400", { status: 400, body: "errorCode" }, "ERR_ARGUMENT", 1],
    ["401", { status: 401, body: "code" }, "ERR_UNAUTHENTICATED", 1],
    ["403", { status: 403, body: "nested" }, "ERR_FORBIDDEN", 1],
    ["404", { status: 404, body: "base64", code: "DWS.3027" }, "ERR_NOT_FOUND", 1],
    ["401 DWS.0047", { status: 401, code: "DWS.0047" }, "ERR_NOT_FOUND", 1],
    ["403 DWS.0015", { status: 403, code: "DWS.0015" }, "ERR_NOT_FOUND", 1],
    ["404 APIGW.0101", { status: 404, code: "APIGW.0101" }, "ERR_UNSUPPORTED", 1],
    ["a redirect", namedFaults["redirect"]!, "ERR_RESPONSE", 1],
    ["HTML with 200", { body: "html" }, "ERR_RESPONSE", 3],
    ["null", { body: "null" }, "ERR_RESPONSE", 3],
    ["an empty body", { body: "empty" }, "ERR_RESPONSE", 3],
    ["an object without the list", { body: { text: "{}" } }, "ERR_RESPONSE", 1],
    ["truncated JSON", { truncate: "json" }, "ERR_RESPONSE", 3],
    ["a body that is too large", { padBytes: 80_000_000 }, "ERR_RESPONSE", 1],
  ])("that meets %s for ever ends in one typed error", async (_, fault, code, requests) => {
    emulator.inject(fault);
    const error: unknown = await questions[question](client).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(AuditError);
    expect(error).toMatchObject({ code });
    expect(emulator.requests.length).toBeLessThanOrEqual(requests);
  });

  test("that hangs for ever ends at its deadline", async () => {
    await client.close();
    client = createClient({ env: way.env, timeoutMs: 900 });
    emulator.inject({ connection: "hang" });
    await expect(questions[question](client)).rejects.toMatchObject({ code: "ERR_TIMEOUT" });
  });

  test.each([429, 503])(
    "that is told %i and to wait beyond its deadline ends there, with the service's words",
    async (status) => {
      await client.close();
      client = createClient({ env: way.env, timeoutMs: 900 });
      emulator.inject({ status, retryAfter: "86400" });
      await expect(questions[question](client)).rejects.toMatchObject({
        code: status === 429 ? "ERR_THROTTLED" : "ERR_SERVER",
        status,
      });
    },
  );

  test("that is throttled goes on until its deadline, and says so", async () => {
    await client.close();
    const waits: Waiting[] = [];
    const warnings: string[] = [];
    const logger = { debug() {}, warn: (message: string) => void warnings.push(message) };
    const onWait = (waiting: Waiting) => void waits.push(waiting);
    client = createClient({ env: way.env, timeoutMs: 9000, logger, onWait });
    emulator.inject({ status: 429, retryAfter: "1", times: 5 });
    const started = performance.now();
    expect(await questions[question](client)).toMatchObject({ complete: true });
    expect(performance.now() - started).toBeGreaterThan(1000);
    expect(waits).toHaveLength(1);
    expect(waits[0]).toMatchObject({ waitMs: 1000, path: expect.stringMatching(/^\/v/) });
    expect(warnings).toEqual([expect.stringContaining("asks to slow down")]);
  });

  test("that is throttled for ever ends at its deadline", async () => {
    await client.close();
    client = createClient({ env: way.env, timeoutMs: 4000 });
    emulator.inject({ status: 429 });
    await expect(questions[question](client)).rejects.toMatchObject({ code: "ERR_THROTTLED", status: 429 });
    expect(emulator.requests.length).toBeGreaterThan(3);
    expect(emulator.requests.length).toBeLessThan(40);
  });

  test("that is told to wait beyond its deadline says for how long", async () => {
    emulator.inject({ status: 429, retryAfter: "3600" });
    await expect(questions[question](client)).rejects.toThrow("asks to wait 3600 s");
  });

  test("that is not to be repeated is not repeated where it is throttled either", async () => {
    await client.close();
    client = createClient({ env: way.env, timeoutMs: 4000, retry: { attempts: 1 }, concurrency: 1 });
    emulator.inject({ status: 429 });
    await expect(questions[question](client)).rejects.toMatchObject({ code: "ERR_THROTTLED" });
    expect(emulator.requests.length).toBeLessThanOrEqual(1);
  });

  test("obeys a huge Retry-After only up to a cap", async () => {
    emulator.inject({ status: 503, retryAfter: "86400", times: 1 });
    expect(await questions[question](client)).toMatchObject({ complete: true });
  });

  test("survives a machine clock that is two hours off with one more request", async () => {
    await questions[question](client);
    const requests = emulator.requests.length;
    await emulator.reset();
    emulator.inject({ on: "all", clockSkewMs: 7_200_000 });
    await client.close();
    client = createClient({ env: way.env, timeoutMs: 6000, concurrency: 1 });
    expect(await questions[question](client)).toMatchObject({ complete: true });
    expect(emulator.requests.length).toBe(requests + 1);
  });
});

describe.each<[Question, Fault, string]>([
  ["dumps", { total: { add: 7 } }, "total-mismatch"],
  ["dumps", { total: { add: -7 } }, "total-mismatch"],
  ["dumps", { total: { value: 0 } }, "total-mismatch"],
  ["parameters", { total: { add: 7 } }, "total-mismatch"],
  ["parameters", { total: { add: -7 } }, "total-mismatch"],
  ["parameters", { total: { value: 0 } }, "total-mismatch"],
  ["logs", { total: { add: 7 } }, "total-mismatch"],
  ["logs", { total: { add: -7 } }, "total-mismatch"],
  ["clusters", { total: { add: 7 } }, "total-mismatch"],
  ["clusters", { total: { add: -7 } }, "total-mismatch"],
  ["clusters", { total: { value: 0 } }, "total-mismatch"],
  ["instances", { total: { add: 7 } }, "total-mismatch"],
  ["instances", { total: { add: -7 } }, "total-mismatch"],
  ["instances", { nth: 2, remove: 1 }, "shifting-pages"],
  ["instances", { nth: 2, insert: 1 }, "shifting-pages"],
  ["instances", { nth: 2, pages: "repeat" }, "shifting-pages"],
  ["parameters", { nth: 2, remove: 1 }, "shifting-pages"],
  ["logs", { nth: 2, remove: 1 }, "shifting-pages"],
])("%s with %j", (question, fault, reason) => {
  test(`are incomplete: ${reason}`, async () => {
    emulator.inject(fault);
    // A list that moves is read three times, and each change makes the emulator select anew.
    const patient = createClient({ env: way.env, timeoutMs: 60_000 });
    const reading = await questions[question](patient);
    await patient.close();
    expect(reading).toMatchObject({
      complete: false,
      incompleteReason: expect.stringMatching(`^${reason}: `),
    });
  });
});

test.each(["parameters", "logs"] as const)(
  "%s that change once while they are read are read again and complete",
  async (question) => {
    emulator.inject({ nth: 3, times: 1, remove: 1 });
    const reading = await questions[question](client);
    expect(reading.complete).toBe(true);
    expect(reading.total).toBe(reading.records.length);
  },
);

test.each(["touching", "by-start", "by-start-exclusive", "by-end", "contained", "overlapping"] as const)(
  "logs selected %s of a window are the same over windows longer than 30 days",
  async (window) => {
    const all = new Set((await questions.logs(client)).records.map((record) => record.id));
    emulator.inject({ window });
    const reading = await questions.logs(client);
    expect(reading.complete).toBe(true);
    const found = new Set(reading.records.map((record) => record.id));
    expect(found.size).toBe(reading.records.length);
    // At the window's own ends the conventions differ by a log per node or two; inside they must not.
    expect([...all].filter((id) => !found.has(id)).length).toBeLessThanOrEqual(6);
  },
);

test.each<[string, Fault]>([
  ["20 requests a second", { perSecond: 20 }],
  ["20 requests a second, saying when to come back", { perSecond: 20, retryAfter: "1" }],
  ["4 requests at once (429)", { concurrent: 4, delayMs: 5 }],
  ["4 requests at once (503)", { concurrent: 4, status: 503, delayMs: 5 }],
])(
  "a service that allows %s is read to the end",
  async (_, fault) => {
    emulator.inject(fault);
    const patient = createClient({ env: way.env, timeoutMs: 60_000 });
    const reading = await questions.parameters(patient, { pageSize: 30 });
    expect(reading.complete).toBe(true);
    expect(emulator.requests.length).toBeGreaterThan(80);
    await patient.close();
  },
  70_000,
);

test("1,000 readings into an outage make at most 1,050 requests", async () => {
  emulator.inject({ status: 503 });
  const results = await Promise.allSettled(Array.from({ length: 1000 }, () => questions.dumps(client)));
  expect(results.every((result) => result.status === "rejected" && AuditError.is(result.reason))).toBe(true);
  expect(emulator.requests.length).toBeLessThanOrEqual(1050);
}, 60_000);

test("an aborted reading settles at once, with a typed error", async () => {
  emulator.inject({ connection: "hang" });
  const controller = new AbortController();
  const reading = questions.logs(client, { signal: controller.signal });
  setTimeout(() => controller.abort(), 50);
  const started = performance.now();
  await expect(reading).rejects.toMatchObject({ code: "ERR_ABORTED" });
  expect(performance.now() - started).toBeLessThan(1000);
});

test("integers beyond 2^53 are refused where a number is needed, and kept where an id is", async () => {
  emulator.inject({ rows: "big-integers" });
  await expect(questions.logs(client)).rejects.toMatchObject({ code: "ERR_RESPONSE" });
  const { records } = await questions.parameters(client);
  expect(records[0]?.id).toMatch(/^\d{16,}$/);
});

test("what is not found names the argument that led there, and the place", async () => {
  const { instances, nodes } = sample;
  const logsOf = (args: { readonly instanceId: string; readonly nodeId?: string }) =>
    read(client, ddsAuditLogs, { ...args, last: "1d" });
  await expect(logsOf({ instanceId: instances.unknown })).rejects.toMatchObject({
    code: "ERR_NOT_FOUND",
    argument: "instanceId",
    message: expect.stringMatching(new RegExp(` Looked in project ${sample.project.id} of region eu-de\\.$`)),
  });
  await expect(logsOf({ instanceId: instances.healthy, nodeId: nodes.silentNode[0]! })).rejects.toMatchObject(
    {
      code: "ERR_NOT_FOUND",
      argument: "nodeId",
    },
  );
});

test("a record that breaks the declaration is reported with the request that brought it", async () => {
  emulator.inject({ rows: "big-integers" });
  await expect(questions.logs(client)).rejects.toMatchObject({
    code: "ERR_RESPONSE",
    requestId: expect.any(String),
  });
});
