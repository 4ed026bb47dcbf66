import { mkdtempSync, rmSync } from "node:fs";
import http2, { type ClientHttp2Session } from "node:http2";
import { connect as connectSocket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connect as connectTls } from "node:tls";
import { createCertificate } from "./certificate.ts";
import { HealthCheckResponse, HealthCheckResponse_ServingStatus, HealthDefinition } from "./gen/health.ts";
import { GRPCStdioDefinition } from "./gen/plugin.ts";
import { serviceRoutes, startServer, type Call, type Server, type ServerOptions } from "./grpc.ts";

const bytes = {
  decode: (message: Uint8Array) => Buffer.from(message),
  encode: (message: Uint8Array) => ({ finish: () => message }),
};
const unary = (name: string) =>
  ({ name, requestType: bytes, responseType: bytes, responseStream: false }) as const;
const echoDefinition = {
  fullName: "test.Echo",
  methods: { echo: unary("Echo"), fail: unary("Fail"), wait: unary("Wait") },
} as const;

let folder: string;
let socket: string;
let server: Server | undefined;
const clients: ClientHttp2Session[] = [];
let waiting: Call[] = [];

beforeEach(() => {
  waiting = [];
  folder = mkdtempSync(join(tmpdir(), "grpc-"));
  socket = join(folder, "s");
});

afterEach(async () => {
  for (const client of clients.splice(0)) client.destroy();
  await server?.close();
  rmSync(folder, { recursive: true });
});

const routes = new Map([
  ...serviceRoutes(echoDefinition, {
    echo: (request) => request,
    fail: () => {
      throw new Error("100 % wrong\nindeed, é");
    },
    wait: (request, call) => {
      waiting.push(call);
      return new Promise((resolve) => call.signal.addEventListener("abort", () => resolve(request)));
    },
  }),
  ...serviceRoutes(HealthDefinition, {
    check: () => ({ status: HealthCheckResponse_ServingStatus.SERVING }),
  }),
  ...serviceRoutes(GRPCStdioDefinition, {}),
]);

async function start(options: Partial<ServerOptions> = {}): Promise<void> {
  server = await startServer({ routes, address: socket, ...options });
}

function openClient(): ClientHttp2Session {
  const client = http2.connect("http://localhost", { createConnection: () => connectSocket(socket) });
  client.on("error", () => undefined);
  clients.push(client);
  return client;
}

interface Result {
  readonly headers: Readonly<Record<string, unknown>>;
  readonly trailers: Readonly<Record<string, unknown>>;
  readonly body: Buffer;
}

/** Sends `chunks` to `path` and collects what comes back. */
async function send(client: ClientHttp2Session, path: string, chunks: readonly Buffer[]): Promise<Result> {
  const stream = client.request({
    ":method": "POST",
    ":path": path,
    "content-type": "application/grpc",
    te: "trailers",
  });
  let headers = {};
  let trailers = {};
  stream.on("response", (received) => (headers = { ...received }));
  stream.on("trailers", (received) => (trailers = { ...received }));
  const body: Buffer[] = [];
  stream.on("data", (chunk: Buffer) => body.push(chunk));
  for (const chunk of chunks) {
    stream.write(chunk);
    await new Promise(setImmediate);
  }
  stream.end();
  await new Promise((resolve) => stream.once("close", resolve));
  return { headers, trailers, body: Buffer.concat(body) };
}

function frame(message: Uint8Array, flag = 0): Buffer {
  const head = Buffer.alloc(5);
  head.writeUInt8(flag);
  head.writeUInt32BE(message.length, 1);
  return Buffer.concat([head, message]);
}

test.each([0, 1, 70_000, 5_000_000])(
  "a message of %i bytes is answered with status 0 in the trailers",
  async (size) => {
    await start();
    const message = Buffer.alloc(size, "x");
    const { headers, trailers, body } = await send(openClient(), "/test.Echo/Echo", [frame(message)]);
    expect(headers).toMatchObject({ ":status": 200, "content-type": "application/grpc" });
    expect(trailers).toMatchObject({ "grpc-status": "0" });
    expect(body.equals(frame(message))).toBe(true);
  },
);

test("a message may arrive in pieces", async () => {
  await start();
  const pieces = [...frame(Buffer.from("hello"))].map((byte) => Buffer.of(byte));
  const { body } = await send(openClient(), "/test.Echo/Echo", pieces);
  expect(body).toEqual(frame(Buffer.from("hello")));
});

test("generated messages pass in both directions", async () => {
  await start();
  const { body } = await send(openClient(), "/grpc.health.v1.Health/Check", [frame(Buffer.alloc(0))]);
  expect(HealthCheckResponse.decode(body.subarray(5))).toEqual({ status: 1 });
});

test.each([
  [
    "an unknown method is UNIMPLEMENTED",
    "/test.Echo/Other",
    [frame(Buffer.alloc(0))],
    "12",
    "unknown method /test.Echo/Other",
  ],
  ["an unknown service is UNIMPLEMENTED", "/x", [], "12", "unknown method /x"],
  ["no message is INTERNAL", "/test.Echo/Echo", [], "13", "malformed message"],
  [
    "half a message is INTERNAL",
    "/test.Echo/Echo",
    [frame(Buffer.from("hello")).subarray(0, 7)],
    "13",
    "malformed message",
  ],
  [
    "two messages are INTERNAL",
    "/test.Echo/Echo",
    [frame(Buffer.from("a")), frame(Buffer.from("b"))],
    "13",
    "malformed message",
  ],
  [
    "a compressed message is UNIMPLEMENTED",
    "/test.Echo/Echo",
    [frame(Buffer.from("a"), 1)],
    "12",
    "compressed messages are not supported",
  ],
  [
    "a handler's error is UNKNOWN, its text escaped",
    "/test.Echo/Fail",
    [frame(Buffer.alloc(0))],
    "2",
    "100 %25 wrong%0Aindeed, %C3%A9",
  ],
])("%s", async (_, path, chunks, status, message) => {
  await start();
  const { headers, body } = await send(openClient(), path, chunks);
  expect(headers).toMatchObject({ ":status": 200, "grpc-status": status, "grpc-message": message });
  expect(body).toHaveLength(0);
});

test("calls on one connection are answered concurrently", async () => {
  await start();
  const client = openClient();
  const slow = client.request({ ":method": "POST", ":path": "/test.Echo/Wait" });
  slow.on("error", () => undefined);
  slow.end(frame(Buffer.alloc(0)));
  const { body } = await send(client, "/test.Echo/Echo", [frame(Buffer.from("x"))]);
  expect(body).toEqual(frame(Buffer.from("x")));
});

test("a call whose caller gives up is aborted", async () => {
  await start();
  const stream = openClient().request({ ":method": "POST", ":path": "/test.Echo/Wait" });
  stream.on("error", () => undefined);
  stream.end(frame(Buffer.alloc(0)));
  while (waiting.length === 0) await new Promise(setImmediate);
  const signal = waiting.pop()?.signal;
  const aborted = new Promise((resolve) => signal?.addEventListener("abort", resolve));
  expect(signal?.aborted).toBe(false);
  stream.close(http2.constants.NGHTTP2_CANCEL);
  await aborted;
});

test("a stream of the engine's is held open until its connection ends, and that end is reported once", async () => {
  let idle = 0;
  const ended = new Promise<void>((resolve) => {
    void start({ onIdle: () => (idle++, resolve()) }).then(async () => {
      const client = openClient();
      const stream = client.request({ ":method": "POST", ":path": "/plugin.GRPCStdio/StreamStdio" });
      stream.on("error", () => undefined);
      stream.end(frame(Buffer.alloc(0)));
      await new Promise((responded) => stream.once("response", responded));
      await send(client, "/test.Echo/Echo", [frame(Buffer.alloc(0))]);
      expect(stream.closed).toBe(false);
      expect(idle).toBe(0);
      client.destroy();
    });
  });
  await ended;
  expect(idle).toBe(1);
});

test("an answer is reported once it has left", async () => {
  const answered: string[] = [];
  await start({ onAnswered: (path) => answered.push(path) });
  await send(openClient(), "/test.Echo/Echo", [frame(Buffer.alloc(0))]);
  expect(answered).toEqual(["/test.Echo/Echo"]);
});

test("with TLS only the client with the given certificate is let in", async () => {
  const [own, friend, stranger] = [createCertificate(), createCertificate(), createCertificate()];
  await start({ tls: { key: own.key, certificate: own.certificate, clientCertificate: friend.certificate } });
  const dial = (identity?: typeof friend) =>
    connectTls({
      path: socket,
      servername: "localhost",
      ALPNProtocols: ["h2"],
      ca: own.certificate,
      ...(identity && { key: identity.key, cert: identity.certificate }),
    });
  const client = http2.connect("https://localhost", { createConnection: () => dial(friend) });
  clients.push(client);
  const { body } = await send(client, "/test.Echo/Echo", [frame(Buffer.from("x"))]);
  expect(body).toEqual(frame(Buffer.from("x")));
  for (const identity of [stranger, undefined]) {
    const refused = dial(identity);
    // In TLS 1.3 the client believes in the connection until it hears of its end.
    const end = await new Promise((resolve) => {
      for (const event of ["end", "error"]) refused.once(event, () => resolve(event));
      refused.once("data", () => resolve("data"));
    });
    expect(["end", "error"]).toContain(end);
  }
});
