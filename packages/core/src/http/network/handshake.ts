import { once } from "node:events";
import { connect as connectPlain, type Socket } from "node:net";
import { connect as connectTls, type SecureContext, type TLSSocket } from "node:tls";
import { hostOf, serverNameOf } from "../../settings/host.ts";
import type { Proxy } from "../../settings/proxy.ts";

/** How an endpoint shows who it is. */
export interface Handshake {
  /** Ended with its handshake, whether its certificate is trusted or not; undefined where the endpoint is asked by plain http. */
  readonly secured: TLSSocket | undefined;
  /** Whether it is the proxy's own, which is not trusted, so that the endpoint was never asked. */
  readonly isProxys: boolean;
}

/** What is trusted, and how long a handshake may take. */
export interface HandshakeOptions {
  readonly secureContext: SecureContext;
  /** True: no certificate keeps it from going on. */
  readonly insecure?: boolean | undefined;
  readonly signal: AbortSignal;
}

/**
 * Connects to `origin` as requests do, through its proxy where there is one, and sends it nothing. What `look` has seen
 * is all that is left: every connection is closed after it.
 *
 * @throws As Node's sockets do, or as the transport does where the proxy refuses; the signal's reason when it is time.
 */
export async function shakeHands<Seen>(
  origin: string,
  proxy: Proxy | undefined,
  { secureContext, insecure = false, signal }: HandshakeOptions,
  look: (handshake: Handshake) => Seen,
): Promise<Seen> {
  const opened: Socket[] = [];
  const opening = <Kind extends Socket>(socket: Kind): Kind => {
    opened.push(socket);
    // Whoever waits for it is told; what breaks after that is nobody's concern.
    return socket.on("error", () => undefined);
  };
  const secure = async (url: URL, socket?: Socket) => {
    const host = hostOf(url);
    const secured = connectTls({
      host,
      port: portOf(url),
      ...(socket && { socket }),
      servername: serverNameOf(host),
      secureContext,
      // What is wrong with it is told from what it shows.
      rejectUnauthorized: false,
    });
    await once(opening(secured), "secureConnect", { signal });
    return secured;
  };
  const plain = async (url: URL) => {
    const socket = connectPlain(portOf(url), hostOf(url));
    await once(opening(socket), "connect", { signal });
    return socket;
  };
  const shake = async (): Promise<Handshake> => {
    const url = new URL(origin);
    let way: Socket | undefined;
    if (proxy) {
      const own = new URL(proxy.origin);
      const secured = own.protocol === "https:" ? await secure(own) : undefined;
      if (secured && !secured.authorized && !insecure) return { secured, isProxys: true };
      way = await tunnel(secured ?? (await plain(own)), url, proxy, signal);
    }
    if (url.protocol === "https:") return { secured: await secure(url, way), isProxys: false };
    if (!way) await plain(url);
    return { secured: undefined, isProxys: false };
  };
  try {
    return look(await shake());
  } finally {
    // The inner ones first: each stands on the one before.
    for (const socket of opened.toReversed()) socket.destroy();
  }
}

function portOf({ protocol, port }: URL): number {
  return Number(port) || (protocol === "https:" ? 443 : 80);
}

async function tunnel(
  socket: Socket,
  target: URL,
  { authorization }: Proxy,
  signal: AbortSignal,
): Promise<Socket> {
  // To an ES module Node hands out all that is in there, and loads an HTTP client of its own for that: 13 ms.
  const { request } = await import("node:http");
  const path = `${target.hostname}:${portOf(target)}`;
  const headers = { host: path, ...(authorization && { "proxy-authorization": authorization }) };
  const asked = request({ method: "CONNECT", path, headers, createConnection: () => socket });
  asked.end();
  const [{ statusCode = 0 }] = await once(asked, "connect", { signal });
  if (statusCode === 200) return socket;
  // In the words of the transport, which `networkError` knows.
  throw new Error(`Proxy response (${statusCode}) !== 200 when HTTP Tunneling`);
}
