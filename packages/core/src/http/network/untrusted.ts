import type { EventEmitter } from "node:events";
import { request } from "node:http";
import type { Socket } from "node:net";
import { connect as connectPlain } from "node:net";
import {
  connect as connectTls,
  type DetailedPeerCertificate,
  type SecureContext,
  type TLSSocket,
} from "node:tls";
import { hostOf, serverNameOf } from "../../settings/host.ts";
import type { Proxy } from "../../settings/proxy.ts";

/** A certificate that is not trusted. */
export interface Untrusted {
  /** Name of the authority that would have to be trusted. */
  readonly authority: string;
  /** Whether it is the proxy's own certificate, not the server's. */
  readonly isProxys: boolean;
}

const TIMEOUT_MS = 3000;

/**
 * Looks at the certificates on the way to `origin` after a handshake that failed, for the error says who signed none of
 * them. Nothing is sent over this connection: it ends with its handshake, or that of the tunnel.
 *
 * @returns Undefined where nothing can be learned.
 */
export async function findUntrusted(
  origin: string,
  proxy: Proxy | undefined,
  secureContext: SecureContext,
): Promise<Untrusted | undefined> {
  const opened: Socket[] = [];
  const shake = async (target: URL, socket?: Socket) => {
    const host = hostOf(target);
    const to = { host, port: Number(target.port || 443), ...(socket && { socket }) };
    const secured = connectTls({
      ...to,
      servername: serverNameOf(host),
      secureContext,
      rejectUnauthorized: false,
    });
    opened.push(secured);
    await settled(secured, "secureConnect");
    return secured;
  };
  try {
    if (!proxy) return describe(await shake(new URL(origin)), false);
    const proxyUrl = new URL(proxy.origin);
    if (proxyUrl.protocol === "https:") {
      const secured = await shake(proxyUrl);
      // One handshake within another, and broken off, has ended Node.js itself (24.21): then the name stays unknown.
      return secured.authorized ? undefined : describe(secured, true);
    }
    return describe(
      await shake(new URL(origin), await tunnel(plain(proxyUrl, opened), origin, proxy)),
      false,
    );
  } catch {
    return undefined;
  } finally {
    // The inner ones first: each stands on the one before.
    for (const socket of opened.toReversed()) socket.destroy();
  }
}

function plain(url: URL, opened: Socket[]): Socket {
  const socket = connectPlain(Number(url.port || 80), hostOf(url));
  opened.push(socket);
  return socket;
}

function tunnel(socket: Socket, origin: string, { authorization }: Proxy): Promise<Socket> {
  const { hostname, port } = new URL(origin);
  const path = `${hostname}:${port || 443}`;
  const headers = { host: path, ...(authorization && { "proxy-authorization": authorization }) };
  const asked = request({ method: "CONNECT", path, headers, createConnection: () => socket });
  const answered = settled(asked, "connect");
  asked.end();
  return answered.then(() => socket);
}

/** Waits for an event, or the error or time-out before it. */
function settled(emitter: EventEmitter, event: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error("timed out")), TIMEOUT_MS);
    const end = (act: () => void) => () => {
      clearTimeout(timer);
      act();
    };
    emitter.once(event, end(resolve));
    emitter.on(
      "error",
      end(() => reject(new Error("failed"))),
    );
    emitter.once(
      "close",
      end(() => reject(new Error("closed"))),
    );
  });
}

function describe(socket: TLSSocket, isProxys: boolean): Untrusted | undefined {
  let certificate: DetailedPeerCertificate = socket.getPeerCertificate(true);
  const seen = new Set<DetailedPeerCertificate>();
  while (certificate.issuerCertificate && !seen.has(certificate)) {
    seen.add(certificate);
    certificate = certificate.issuerCertificate;
  }
  const { CN, O, OU } = (certificate.issuer ?? {}) as Readonly<Record<string, string | string[] | undefined>>;
  const [name] = [CN, O, OU].flat().filter((each) => each !== undefined && each !== "");
  return name === undefined ? undefined : { authority: name.slice(0, 200), isProxys };
}
