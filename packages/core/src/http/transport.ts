import type { SecureContext } from "node:tls";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { Agent, buildConnector, type Dispatcher, Pool, ProxyAgent } from "undici";
import type { Proxy, ProxyOf } from "../settings/proxy.ts";
import { AuditError } from "../errors.ts";
import { type Body, collectBody, MAX_BODY_BYTES } from "./body.ts";
import type { HttpRequest, Transport } from "./message.ts";
import { DAMAGED_BODY } from "./network/network-error.ts";
import { findUntrusted } from "./network/untrusted.ts";
import { secureContextOf, type Trust } from "../settings/authorities.ts";
import { hostOf, serverNameOf } from "../settings/host.ts";

/** What {@link undiciTransport} can be told. */
export interface TransportOptions extends Trust {
  /** Connections per origin. */
  readonly connections: number;
  readonly proxyOf: ProxyOf;
}

const CONNECT_TIMEOUT_MS = 10_000;

/** Keep-alive connections by undici. */
export function undiciTransport(options: TransportOptions): Transport {
  const trust = trustOf(options);
  const settings: Agent.Options = {
    connections: options.connections,
    // Deadlines are the caller's signal, so that they span connecting, headers and body.
    headersTimeout: 0,
    bodyTimeout: 0,
  };
  const direct = new Agent({
    ...settings,
    connect: (opts, callback) => (opts.protocol === "https:" ? trust.overTls() : trust.plain)(opts, callback),
  });
  const routes = new Map<string, Route>();
  const routeTo = (origin: string): Route => {
    let route = routes.get(origin);
    if (!route) {
      const proxy = options.proxyOf(origin);
      route = proxy ? { dispatcher: through(proxy, settings, trust.tls()), proxy } : { dispatcher: direct };
      routes.set(origin, route);
    }
    return route;
  };
  return {
    async send(request, signal) {
      const { dispatcher } = routeTo(request.origin);
      const { status, headers, body } = await dispatch(dispatcher, request, signal);
      const flat = flatten(headers);
      const text = await textOf(body.bytes(), flat["content-encoding"]);
      body.release();
      return { status, headers: flat, body: text };
    },
    proxyOf: (origin) => routes.get(origin)?.proxy,
    findUntrusted: (origin) => findUntrusted(origin, routes.get(origin)?.proxy, trust.context()),
    async close() {
      await direct.destroy();
      for (const { dispatcher } of routes.values()) if (dispatcher !== direct) await dispatcher.destroy();
    },
  };
}

interface Route {
  readonly dispatcher: Dispatcher;
  readonly proxy?: Proxy;
}

function through(proxy: Proxy, settings: Agent.Options, tls: ConnectOptions): Dispatcher {
  const { origin, authorization } = proxy;
  return new ProxyAgent({
    ...settings,
    uri: origin,
    requestTls: tls,
    proxyTls: tls,
    clientFactory: (url, options) => new Pool(url, { ...options, connect: connectorTo(url, tls) }),
    connect: { timeout: CONNECT_TIMEOUT_MS },
    ...(authorization !== undefined && { token: authorization }),
  });
}

// TLS has no names for addresses: Node.js warns of one, and Bun refuses it.
function connectorTo(url: URL, tls: ConnectOptions): ReturnType<typeof buildConnector> {
  const connect = buildConnector(tls);
  const isAddress = url.protocol === "https:" && serverNameOf(hostOf(url)) === "";
  return isAddress ? (options, callback) => connect({ ...options, servername: "" }, callback) : connect;
}

type ConnectOptions = NonNullable<ProxyAgent.Options["requestTls"]>;

/** How connections are made; what TLS needs is read by the first connection that speaks it. */
function trustOf(trust: Trust) {
  let context: SecureContext | undefined;
  let options: ConnectOptions | undefined;
  let connector: ReturnType<typeof buildConnector> | undefined;
  const secureContext = () => (context ??= secureContextOf(trust));
  const tls = () =>
    (options ??= {
      timeout: CONNECT_TIMEOUT_MS,
      // Said in either case: absent, Node lets NODE_TLS_REJECT_UNAUTHORIZED decide, which was set for another program.
      rejectUnauthorized: trust.insecure !== true,
      secureContext: secureContext(),
    });
  return {
    tls,
    context: secureContext,
    overTls: () => (connector ??= buildConnector(tls())),
    plain: buildConnector({ timeout: CONNECT_TIMEOUT_MS }),
  };
}

interface Received {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Body;
}

type Headers = Parameters<NonNullable<Dispatcher.DispatchHandler["onResponseStart"]>>[2];

/** What undici's `request` does, without a stream for every response: half the time. */
function dispatch(dispatcher: Dispatcher, request: HttpRequest, signal: AbortSignal): Promise<Received> {
  const { origin, path, method, headers } = request;
  let abandon: (() => void) | undefined;
  const received = new Promise<Received>((resolve, reject) => {
    signal.throwIfAborted();
    let controller: Dispatcher.DispatchController | undefined;
    abandon = () => {
      reject(signal.reason);
      controller?.abort(signal.reason as Error);
    };
    signal.addEventListener("abort", abandon, { once: true });
    let head: Omit<Received, "body"> = { status: 0, headers: {} };
    let body = collectBody(undefined);
    let size = 0;
    dispatcher.dispatch(
      { origin, path, method, headers, body: request.body ?? null },
      {
        onRequestStart(started) {
          controller = started;
          // It may have waited for a connection meanwhile.
          if (signal.aborted) started.abort(signal.reason as Error);
        },
        onResponseStart(_, status, responseHeaders) {
          head = { status, headers: responseHeaders };
          body = collectBody(responseHeaders["content-length"]);
        },
        onResponseData(started, chunk) {
          size += chunk.length;
          if (size > MAX_BODY_BYTES) started.abort(tooLarge());
          else body.add(chunk);
        },
        onResponseEnd() {
          resolve({ ...head, body });
        },
        onResponseError(_, error) {
          reject(error);
        },
      },
    );
  });
  return received.finally(() => {
    if (abandon) signal.removeEventListener("abort", abandon);
  });
}

async function textOf(bytes: Buffer, encoding: string | undefined): Promise<string> {
  if (encoding === undefined || encoding === "identity") return bytes.toString("utf8");
  if (encoding !== "gzip") throw notAskedFor(encoding);
  try {
    return (await promisify(gunzip)(bytes, { maxOutputLength: MAX_BODY_BYTES })).toString("utf8");
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    if (code === "ERR_BUFFER_TOO_LARGE") throw tooLarge();
    throw Object.assign(new Error(message, { cause }), { code: DAMAGED_BODY });
  }
}

function notAskedFor(encoding: string): AuditError {
  const message = `The response is encoded as ${encoding.slice(0, 40)}, which was not asked for.`;
  return new AuditError("ERR_RESPONSE", message);
}

function tooLarge(): AuditError {
  return new AuditError("ERR_RESPONSE", `The response is larger than ${MAX_BODY_BYTES / 1024 / 1024} MiB.`);
}

function flatten(headers: Headers): { readonly [name: string]: string } {
  const flat: { [name: string]: string } = {};
  for (const name in headers) {
    const value = headers[name] ?? "";
    flat[name] = Array.isArray(value) ? value.join(", ") : value;
  }
  return flat;
}
