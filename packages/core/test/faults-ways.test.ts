import { AuditError, type AuditErrorCode, type Client, createClient } from "@auditgate/core";
import { type Emulator, type Fault, namedFaults, startEmulator } from "@auditgate/emulator";
import { questions } from "./questions.ts";
import { openWay, PROXIED_HOST, type Way, type WayName } from "./ways.ts";

jest.setTimeout(60_000);

// A few of each kind; FAULTS_OVER=proxy (or http2) runs all of faults.test.ts so.
describe.each<WayName>(["proxy", "http2"])("over %s", (name) => {
  let emulator: Emulator;
  let way: Way;
  let client: Client;

  beforeAll(async () => {
    emulator = await startEmulator({ hosts: [PROXIED_HOST] });
    way = await openWay(name, emulator);
  });

  beforeEach(() => {
    client = createClient({ env: way.env, timeoutMs: 12_000 });
  });

  afterEach(async () => {
    await client.close();
    await emulator.reset();
  });

  afterAll(async () => {
    way.close();
    await emulator.close();
  });

  test.each([
    "reset",
    "reset-in-body",
    "hang",
    "bad-gateway",
    "throttled-once",
    "truncated-chunked",
    "gzip-damaged",
    "html",
  ])("a reading survives %s and is complete", async (fault) => {
    emulator.inject({ times: 1, ...namedFaults[fault] });
    const reading = await questions.parameters(client);
    expect(reading).toMatchObject({ complete: true, total: 2600 });
    expect(reading.records).toHaveLength(2600);
  });

  test.each<[string, Fault, AuditErrorCode]>([
    ["a reset connection", { connection: "reset" }, "ERR_CONNECTION"],
    ["503", { status: 503 }, "ERR_SERVER"],
    ["403", { status: 403, body: "nested" }, "ERR_FORBIDDEN"],
    ["HTML with 200", { body: "html" }, "ERR_RESPONSE"],
  ])("a reading that meets %s for ever ends in one typed error", async (_, fault, code) => {
    emulator.inject(fault);
    const error: unknown = await questions.dumps(client).catch((reason: unknown) => reason);
    expect(AuditError.is(error)).toBe(true);
    expect(error).toMatchObject({ code });
  });

  test("1,000 readings into an outage make at most 1,050 requests", async () => {
    emulator.inject({ status: 503 });
    const results = await Promise.allSettled(Array.from({ length: 1000 }, () => questions.dumps(client)));
    expect(results.every(({ status }) => status === "rejected")).toBe(true);
    expect(emulator.requests.length).toBeLessThanOrEqual(1050);
  });
});
