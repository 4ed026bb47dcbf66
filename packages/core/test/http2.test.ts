import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import {
  constants,
  createSecureServer,
  type Http2SecureServer,
  type ServerHttp2Session,
  type ServerHttp2Stream,
} from "node:http2";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Client, createClient, dwsParameterModificationRecords, read } from "@auditgate/core";

jest.setTimeout(60_000);

const COUNT = 2600;
const clusterId = "a0d17a7e-c001-4000-8000-000000000001";

let folder: string;
let server: Http2SecureServer;
let client: Client;
const sessions = new Set<ServerHttp2Session>();
/** What becomes of the stream of this number, from 1; true where it was answered here. */
let meet: (stream: ServerHttp2Stream, number: number) => boolean;
let streams = 0;
let open = 0;
let mostOpen = 0;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "auditgate-http2-"));
  const subject = ["-subj", "/CN=test", "-addext", "subjectAltName=IP:127.0.0.1", "-days", "2"];
  const key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", "key.pem"];
  execFileSync("openssl", ["req", "-x509", ...key, "-out", "ca.pem", ...subject], {
    cwd: folder,
    stdio: "ignore",
  });
  // Whoever speaks HTTP/1 gets no answer at all.
  server = createSecureServer({
    key: readFileSync(join(folder, "key.pem")),
    cert: readFileSync(join(folder, "ca.pem")),
    allowHTTP1: false,
  });
  server.on("session", (session) => {
    sessions.add(session);
    session.on("close", () => sessions.delete(session));
    session.on("error", () => undefined);
  });
  server.on("stream", (stream, headers) => {
    mostOpen = Math.max(mostOpen, ++open);
    stream.on("close", () => open--);
    stream.on("error", () => undefined);
    const { searchParams } = new URL(headers[":path"] ?? "", "https://service");
    if (meet(stream, ++streams)) return;
    const limit = Number(searchParams.get("limit"));
    const start = Number(searchParams.get("offset")) * limit;
    const length = Math.max(0, Math.min(limit, COUNT - start));
    const records = Array.from({ length }, (_, index) => ({ id: `${start + index}`, status: "In-Sync" }));
    setTimeout(() => {
      if (stream.destroyed) return;
      stream.respond({ ":status": 200, date: new Date().toUTCString() });
      stream.end(JSON.stringify({ records, count: COUNT }));
    }, 20);
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
});

beforeEach(() => {
  streams = open = mostOpen = 0;
  meet = () => false;
  client = clientOf(12_000);
});

afterEach(async () => {
  await client.close();
  for (const session of sessions) session.destroy();
});

afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true });
});

function clientOf(timeoutMs: number): Client {
  return createClient({
    projectId: "p",
    endpoints: { dws: `https://127.0.0.1:${(server.address() as AddressInfo).port}` },
    credentials: { token: "token" },
    caCert: join(folder, "ca.pem"),
    timeoutMs,
    env: {},
  });
}

const list = (signal?: AbortSignal) =>
  read(client, dwsParameterModificationRecords, { clusterId }, { pageSize: 10, signal });

test("a list is read whole, many pages at once", async () => {
  const reading = await list();
  expect(reading).toMatchObject({ complete: true, total: COUNT });
  expect(reading.records).toHaveLength(COUNT);
  expect(mostOpen).toBeGreaterThan(16);
  expect(mostOpen).toBeLessThanOrEqual(64);
});

test("64 readings at once are answered", async () => {
  const readings = await Promise.all(
    Array.from({ length: 64 }, () => read(client, dwsParameterModificationRecords, { clusterId })),
  );
  expect(readings.every(({ complete, records }) => complete && records.length === COUNT)).toBe(true);
  expect(mostOpen).toBeLessThanOrEqual(64);
});

test("a server that goes away in the middle is asked on another connection", async () => {
  let gone = 0;
  meet = (stream, number) => {
    if (number % 60 === 0) {
      gone++;
      stream.session?.goaway(constants.NGHTTP2_NO_ERROR);
    }
    return false;
  };
  expect(await list()).toMatchObject({ complete: true, total: COUNT });
  expect(gone).toBeGreaterThan(1);
});

test.each([constants.NGHTTP2_INTERNAL_ERROR, constants.NGHTTP2_REFUSED_STREAM, constants.NGHTTP2_CANCEL])(
  "a stream that is reset (%i) now and then is asked for again",
  async (code) => {
    meet = (stream, number) => {
      if (number % 50 !== 0) return false;
      stream.close(code);
      return true;
    };
    expect(await list()).toMatchObject({ complete: true, total: COUNT });
  },
);

test("streams that are reset for ever are one typed error", async () => {
  meet = (stream) => {
    stream.close(constants.NGHTTP2_INTERNAL_ERROR);
    return true;
  };
  await expect(list()).rejects.toMatchObject({ code: "ERR_CONNECTION" });
  expect(streams).toBeLessThan(10);
});

test("a stream that stalls is given up and asked for again, and holds up no other", async () => {
  meet = (stream, number) => {
    if (number !== 30) return false;
    stream.respond({ ":status": 200 });
    stream.write('{"records":[');
    return true;
  };
  await client.close();
  client = clientOf(6000);
  expect(await list()).toMatchObject({ complete: true, total: COUNT });
});

test("an aborted reading ends at once, and the next one is not harmed", async () => {
  const controller = new AbortController();
  setTimeout(() => controller.abort(), 100);
  const started = performance.now();
  await expect(list(controller.signal)).rejects.toMatchObject({ code: "ERR_ABORTED" });
  expect(performance.now() - started).toBeLessThan(1000);
  expect(await list()).toMatchObject({ complete: true, total: COUNT });
});
