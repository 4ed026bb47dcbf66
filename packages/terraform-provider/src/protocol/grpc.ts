import http2, { type IncomingHttpHeaders, type ServerHttp2Stream } from "node:http2";
import { type Address, listenOptions } from "./address.ts";

/** A generated message type. */
interface MessageType {
  decode(bytes: Uint8Array): unknown;
  encode(message: never): { finish(): Uint8Array };
}

interface Method {
  readonly name: string;
  readonly requestType: MessageType;
  readonly responseType: MessageType;
  readonly responseStream: boolean;
}

/** A service as ts-proto describes it. */
export interface ServiceDefinition {
  readonly fullName: string;
  readonly methods: { readonly [name: string]: Method };
}

export interface Call {
  /** Aborted when the caller gives up or its connection ends. */
  readonly signal: AbortSignal;
}

/** One function for each method of a service that answers once. */
export type Handlers<Definition extends ServiceDefinition> = {
  readonly [
    Name in keyof Definition["methods"] as Definition["methods"][Name]["responseStream"] extends true
      ? never
      : Name
  ]: (
    request: ReturnType<Definition["methods"][Name]["requestType"]["decode"]>,
    call: Call,
  ) => Answer<Definition["methods"][Name]> | Promise<Answer<Definition["methods"][Name]>>;
};

type Answer<Served extends Method> = Parameters<Served["responseType"]["encode"]>[0];

type Route = ((bytes: Uint8Array, call: Call) => Promise<Uint8Array>) | "held open";

/** Functions by request path. */
export type Routes = ReadonlyMap<string, Route>;

/** The routes of one service. Methods that answer with a stream are held open, silent, until the caller goes. */
export function serviceRoutes<Definition extends ServiceDefinition>(
  { fullName, methods }: Definition,
  handlers: Handlers<Definition>,
): Routes {
  // The compiler cannot follow the pairing of names through the loop; the signature has checked it.
  const byName = handlers as { readonly [name: string]: (request: unknown, call: Call) => unknown };
  return new Map(
    Object.entries(methods).map(([key, { name, requestType, responseType }]) => {
      const handler = byName[key];
      const route: Route =
        handler === undefined
          ? "held open"
          : async (bytes, call) =>
              responseType.encode((await handler(requestType.decode(bytes), call)) as never).finish();
      return [`/${fullName}/${name}`, route];
    }),
  );
}

/** Keys for a connection on which both sides prove who they are. */
export interface Tls {
  /** PEM. */
  readonly key: string;
  /** PEM. */
  readonly certificate: string;
  /** PEM of the only client that is let in. */
  readonly clientCertificate: string;
}

export interface ServerOptions {
  readonly routes: Routes;
  readonly tls?: Tls | undefined;
  readonly address: Address;
  readonly onConnected?: () => void;
  /** Called each time that the last open connection has closed. */
  readonly onIdle?: () => void;
  /** Called when the answer to `path` has left. */
  readonly onAnswered?: (path: string) => unknown;
}

export interface Server {
  close(): Promise<void>;
}

// https://github.com/grpc/grpc/blob/master/doc/statuscodes.md
const STATUS = { ok: 0, unknown: 2, unimplemented: 12, internal: 13 } as const;
const CONTENT_TYPE = "application/grpc";

/**
 * A gRPC server for the one kind of client that a provider has: unary calls, no compression, silent streams.
 *
 * By hand on node:http2, because each launch of a provider pays for what it loads, and because the end of the
 * engine's connection is the only sign that the engine was killed.
 *
 * @see https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md
 */
export async function startServer(options: ServerOptions): Promise<Server> {
  const settings = { initialWindowSize: 1 << 20, maxConcurrentStreams: 1000 };
  const { tls } = options;
  const server = tls
    ? http2.createSecureServer({
        settings,
        key: tls.key,
        cert: tls.certificate,
        ca: tls.clientCertificate,
        requestCert: true,
        rejectUnauthorized: true,
      })
    : http2.createServer({ settings });
  const sessions = new Set<http2.ServerHttp2Session>();
  server.on("session", (session) => {
    sessions.add(session);
    options.onConnected?.();
    // A broken connection is an ended one.
    session.on("error", () => session.destroy());
    session.on("close", () => {
      // Node may report one end twice.
      if (sessions.delete(session) && sessions.size === 0) options.onIdle?.();
    });
  });
  server.on("stream", (stream, headers) => answer(stream, headers, options));
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(listenOptions(options.address), () => {
      server.off("error", reject);
      resolve();
    });
  });
  return {
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const session of sessions) session.destroy();
      }),
  };
}

function answer(
  stream: ServerHttp2Stream,
  headers: IncomingHttpHeaders,
  { routes, onAnswered }: ServerOptions,
): void {
  const path = headers[":path"] ?? "";
  const route = routes.get(path);
  const abort = new AbortController();
  // The stream's end says all there is to know about its errors.
  stream.on("error", () => undefined);
  stream.on("close", () => abort.abort());
  if (route === undefined) return refuse(stream, STATUS.unimplemented, `unknown method ${path}`);
  if (route === "held open") {
    stream.resume();
    stream.respond({ ":status": 200, "content-type": CONTENT_TYPE });
    return;
  }
  const chunks: Buffer[] = [];
  stream.on("data", (chunk: Buffer) => chunks.push(chunk));
  stream.on("end", () => {
    const frame = Buffer.concat(chunks);
    if (frame.length < 5 || frame.readUInt32BE(1) !== frame.length - 5)
      return refuse(stream, STATUS.internal, "malformed message");
    if (frame.readUInt8(0) !== 0)
      return refuse(stream, STATUS.unimplemented, "compressed messages are not supported");
    route(frame.subarray(5), { signal: abort.signal }).then(
      (message) => {
        if (onAnswered) stream.once("close", () => onAnswered(path));
        respond(stream, message);
      },
      (error: unknown) =>
        refuse(stream, STATUS.unknown, error instanceof Error ? error.message : String(error)),
    );
  });
}

function respond(stream: ServerHttp2Stream, message: Uint8Array): void {
  if (stream.destroyed) return;
  stream.respond({ ":status": 200, "content-type": CONTENT_TYPE }, { waitForTrailers: true });
  stream.on("wantTrailers", () => stream.sendTrailers({ "grpc-status": String(STATUS.ok) }));
  const head = Buffer.alloc(5);
  head.writeUInt32BE(message.length, 1);
  stream.write(head);
  stream.end(message);
}

function refuse(stream: ServerHttp2Stream, status: number, message: string): void {
  if (stream.destroyed) return;
  stream.resume();
  const trailers = { "grpc-status": String(status), "grpc-message": percentEncode(message) };
  stream.respond({ ":status": 200, "content-type": CONTENT_TYPE, ...trailers }, { endStream: true });
}

// A header holds printable ASCII; the rest, and the percent sign itself, is escaped as UTF-8 bytes.
function percentEncode(message: string): string {
  return message.replaceAll(/[^ -~]|%/gu, (character) =>
    [...Buffer.from(character)]
      .map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, "0")}`)
      .join(""),
  );
}
