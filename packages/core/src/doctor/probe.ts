import { request as plainRequest } from "node:http";
import { connect, type Socket } from "node:net";
import { connect as connectTls, type PeerCertificate, type TLSSocket } from "node:tls";
import type { Reach } from "../connection.ts";
import { AuditError } from "../errors.ts";
import { networkError } from "../http/network/network-error.ts";
import { secureContextOf } from "../settings/authorities.ts";
import { hostOf, serverNameOf } from "../settings/host.ts";
import { harmless } from "../texts/harmless.ts";

/** What was found at an endpoint. */
export interface Probed {
  /** Version of TLS; undefined where the endpoint is asked by plain http. */
  readonly tls: string | undefined;
  /** Certificates that the server showed, its own first: of whom, by whom, until when. */
  readonly chain: readonly string[];
}

/**
 * Connects to an endpoint as requests do, through its proxy where there is one, and sends nothing.
 *
 * @throws {AuditError} `ERR_CONNECTION`, `ERR_CONFIG` or `ERR_TIMEOUT`, in the words that requests have.
 */
export async function probe(reach: Reach, timeoutMs: number): Promise<Probed> {
  const { origin, proxy, redaction } = reach;
  const reached = proxy ? `${origin} through the proxy ${proxy.origin} (${proxy.variable})` : origin;
  const time = AbortSignal.timeout(timeoutMs);
  const open: Socket[] = [];
  const late = new Promise<never>((_, reject) => {
    time.addEventListener("abort", () =>
      reject(new AuditError("ERR_TIMEOUT", `${reached} did not answer in time.`)),
    );
  });
  try {
    return await Promise.race([late, look(reach, open)]);
  } catch (error) {
    throw networkError(error, reached, redaction);
  } finally {
    // What is wrapped after what wraps it.
    for (const socket of open.toReversed()) socket.destroy();
  }
}

async function look(reach: Reach, open: Socket[]): Promise<Probed> {
  const url = new URL(reach.origin);
  const { protocol, hostname, port } = url;
  const host = hostOf(url);
  const number = Number(port) || (protocol === "https:" ? 443 : 80);
  const socket = reach.proxy
    ? await tunnel(reach, `${hostname}:${number}`, open)
    : await connected(connect({ host, port: number }), "connect", open);
  if (protocol !== "https:") return { tls: undefined, chain: [] };
  const secure = connectTls({
    socket,
    servername: serverNameOf(host),
    host,
    secureContext: secureContextOf(reach),
    // What is wrong is said below, with the certificates that were shown.
    rejectUnauthorized: false,
  });
  await connected(secure, "secureConnect", open);
  const chain = chainOf(secure.getPeerCertificate(true));
  const reason: unknown = secure.authorizationError;
  if (!secure.authorized && reach.insecure !== true) throw distrusted(reason, chain);
  return { tls: secure.getProtocol() ?? undefined, chain };
}

async function connected<T extends Socket | TLSSocket>(
  socket: T,
  event: "connect" | "secureConnect",
  open: Socket[],
): Promise<T> {
  open.push(socket);
  await new Promise<void>((resolve, reject) => {
    socket.once(event, () => resolve());
    socket.once("error", reject);
  });
  // What breaks from now on is nobody's concern.
  socket.on("error", () => undefined);
  return socket;
}

function tunnel({ proxy, ...trust }: Reach, authority: string, open: Socket[]): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const url = new URL(proxy?.origin ?? "");
    const isTls = url.protocol === "https:";
    const headers = proxy?.authorization ? { "proxy-authorization": proxy.authorization } : {};
    const place = {
      host: hostOf(url),
      port: Number(url.port) || (isTls ? 443 : 80),
    };
    const request = plainRequest({
      method: "CONNECT",
      path: authority,
      headers: { host: authority, ...headers },
      createConnection: () =>
        isTls
          ? connectTls({
              ...place,
              secureContext: secureContextOf(trust),
              rejectUnauthorized: trust.insecure !== true,
            })
          : connect(place),
    });
    request.once("socket", (socket) => open.push(socket));
    request.once("error", reject);
    request.once("connect", ({ statusCode = 0 }, socket) => {
      open.push(socket);
      if (statusCode === 200) resolve(socket);
      // In the words of the transport, which networkError knows.
      else reject(new Error(`Proxy response (${statusCode}) !== 200 when HTTP Tunneling`));
    });
    request.end();
  });
}

// A list that a server can make as long as it likes.
const MOST_CERTIFICATES = 8;

type Chained = Partial<PeerCertificate> & { readonly issuerCertificate?: Chained };

function chainOf(first: Chained): readonly string[] {
  const chain: string[] = [];
  const seen = new Set<string>();
  for (
    let each: Chained | undefined = first;
    each?.fingerprint256 !== undefined && !seen.has(each.fingerprint256) && chain.length < MOST_CERTIFICATES;
    each = each.issuerCertificate
  ) {
    seen.add(each.fingerprint256);
    chain.push(harmless(`${nameOf(each.subject)}, by ${nameOf(each.issuer)}, until ${each.valid_to ?? "?"}`));
  }
  return chain;
}

function nameOf(subject: PeerCertificate["subject"] | undefined): string {
  const { CN, O } = subject ?? {};
  return [CN, O].flat().find((name) => name) ?? "nobody";
}

function distrusted(reason: unknown, chain: readonly string[]): Error {
  const code =
    typeof reason === "string" ? reason : ((reason as { code?: string } | null)?.code ?? "ERR_TLS_CERT");
  const shown = chain[0] === undefined ? "no certificate" : `the certificate of ${chain[0]}`;
  return Object.assign(new Error(`it shows ${shown}`), { code });
}
