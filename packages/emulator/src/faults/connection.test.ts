import { get, type IncomingMessage } from "node:http";
import { connect } from "node:net";
import { gunzipSync } from "node:zlib";
import type { Emulator } from "../contract.ts";
import { startEmulator } from "../emulator.ts";
import { sample } from "../sample/names.ts";
import { call, dumpsPath, sendJson } from "../test-caller.ts";
import type { Fault } from "./fault.ts";

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator();
});
afterEach(() => emulator.clearFaults());
afterAll(() => emulator.close());

const path = dumpsPath(sample.clusters.runningDump);

/** What a socket sees: how far the answer came, and how it ended. */
interface Outcome {
  status?: number | undefined;
  body: Buffer;
  /** `complete`, an error code, or `nothing more`. */
  ended: string;
}

/** Asks with the fixed token over a new connection and looks at every stage of the answer. */
async function look(fault: Fault, giveUpMs?: number): Promise<Outcome> {
  emulator.inject(fault);
  return new Promise((done) => {
    const chunks: Buffer[] = [];
    let response: IncomingMessage | undefined;
    const end = (ended: string): void =>
      done({ status: response?.statusCode, body: Buffer.concat(chunks), ended });
    const headers = { "x-auth-token": sample.auditor.token };
    const request = get(`${emulator.url}${path}`, { headers, agent: false }, (incoming) => {
      response = incoming;
      incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
      incoming.on("end", () => end("complete"));
      incoming.on("error", (error: NodeJS.ErrnoException) => end(error.code ?? error.message));
    });
    request.on("error", (error: NodeJS.ErrnoException) => end(error.code ?? error.message));
    if (giveUpMs !== undefined)
      setTimeout(() => {
        end("nothing more");
        request.destroy();
      }, giveUpMs);
  });
}

test.each([
  ["reset", "ECONNRESET", undefined],
  ["close", "ECONNRESET", undefined],
  ["reset-in-headers", "ECONNRESET", undefined],
  ["reset-after-headers", "ECONNRESET", 200],
  ["reset-in-body", "ECONNRESET", 200],
] as const)("%s ends the connection", async (connection, ended, status) => {
  const outcome = await look({ connection });
  expect(outcome).toMatchObject({ ended, status });
  expect(outcome.body.length > 0).toBe(connection === "reset-in-body");
});

test.each([
  ["hang", undefined, 0],
  ["hang-after-headers", 200, 0],
  ["hang-in-body", 200, 1],
] as const)("%s keeps the connection open and silent", async (connection, status, least) => {
  const outcome = await look({ connection }, 150);
  expect(outcome).toMatchObject({ ended: "nothing more", status });
  expect(Math.min(1, outcome.body.length)).toBe(least);
});

test("refuse closes the port until the faults are cleared", async () => {
  expect((await call(emulator, path)).status).toBe(200);
  expect((await look({ connection: "refuse" })).ended).toBe("ECONNREFUSED");
  await emulator.clearFaults();
  expect((await call(emulator, path)).status).toBe(200);
});

test("refuse may last for a time", async () => {
  expect((await look({ connection: "refuse", forMs: 100 })).ended).toBe("ECONNREFUSED");
  let status: number | undefined;
  for (let attempt = 0; status === undefined && attempt < 200; attempt++) {
    await new Promise((done) => setTimeout(done, 20));
    status = (await sendJson(emulator, "GET", "/_emulator").catch(() => undefined))?.status;
  }
  expect(status).toBe(200);
});

test("a body may be cut against its length, without its last chunk, or in its JSON", async () => {
  const whole = (await call(emulator, path)).text;
  const byLength = await look({ truncate: "length" });
  expect(byLength).toMatchObject({ status: 200, ended: "ECONNRESET" });
  expect(whole.startsWith(byLength.body.toString())).toBe(true);
  await emulator.clearFaults();
  expect(await look({ truncate: "chunked" })).toMatchObject({ status: 200, ended: "ECONNRESET" });
  await emulator.clearFaults();
  const json = await look({ truncate: "json" });
  expect(json.ended).toBe("complete");
  expect(() => JSON.parse(json.body.toString())).toThrow(SyntaxError);
});

test("gzip is right or damaged", async () => {
  const whole = (await call(emulator, path)).text;
  const right = await look({ encoding: "gzip" });
  expect(gunzipSync(right.body).toString()).toBe(whole);
  await emulator.clearFaults();
  const damaged = await look({ encoding: "gzip-damaged" });
  expect(() => gunzipSync(damaged.body)).toThrow(/incorrect|invalid|unexpected/i);
});

test("a body may be followed by any number of spaces", async () => {
  const whole = (await call(emulator, path)).text;
  const padded = await look({ padBytes: 3_000_000 });
  expect(padded.body.length).toBe(whole.length + 3_000_000);
  expect(JSON.parse(padded.body.toString())).toEqual(JSON.parse(whole));
});

test("a dripping body arrives whole in the end", async () => {
  const whole = (await call(emulator, path)).text;
  const dripped = await look({ drip: { bytes: Math.ceil(whole.length / 4), everyMs: 10 } });
  expect(dripped.body.toString()).toBe(whole);
});

test("a delayed answer comes, later", async () => {
  const start = performance.now();
  expect((await look({ delayMs: 120 })).ended).toBe("complete");
  expect(performance.now() - start).toBeGreaterThanOrEqual(119);
});

test("close ends an answer that never comes", async () => {
  const other = await startEmulator({ faults: [{ on: "all", connection: "hang" }] });
  const closed = new Promise<string>((done) => {
    const socket = connect(Number(new URL(other.url).port), "127.0.0.1", () => {
      socket.write(`GET ${path} HTTP/1.1\r\nHost: localhost\r\n\r\n`);
      setTimeout(() => void other.close(), 50);
    });
    socket.on("error", () => undefined).on("close", () => done("closed"));
  });
  expect(await closed).toBe("closed");
});
