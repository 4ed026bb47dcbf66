import type { PeerCertificate } from "node:tls";
import type { Reach } from "../connection.ts";
import { AuditError } from "../errors.ts";
import { type Handshake, shakeHands } from "../http/network/handshake.ts";
import { networkError } from "../http/network/network-error.ts";
import { secureContextOf } from "../settings/authorities.ts";
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
  const { origin, proxy, redaction, insecure } = reach;
  const reached = proxy ? `${origin} through the proxy ${proxy.origin} (${proxy.variable})` : origin;
  const signal = AbortSignal.timeout(timeoutMs);
  const trust = { secureContext: secureContextOf(reach), insecure, signal };
  try {
    return await shakeHands(origin, proxy, trust, (handshake) => seenIn(handshake, insecure));
  } catch (error) {
    if (signal.aborted) throw new AuditError("ERR_TIMEOUT", `${reached} did not answer in time.`);
    throw networkError(error, reached, redaction);
  }
}

function seenIn({ secured, isProxys }: Handshake, insecure = false): Probed {
  if (!secured) return { tls: undefined, chain: [] };
  const chain = chainOf(secured.getPeerCertificate(true));
  if (secured.authorized || insecure) return { tls: secured.getProtocol() ?? undefined, chain };
  throw distrusted(secured.authorizationError, chain, isProxys ? "the proxy" : "it");
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

function distrusted(reason: unknown, chain: readonly string[], who: string): Error {
  const code =
    typeof reason === "string" ? reason : ((reason as { code?: string } | null)?.code ?? "ERR_TLS_CERT");
  const shown = chain[0] === undefined ? "no certificate" : `the certificate of ${chain[0]}`;
  return Object.assign(new Error(`${who} shows ${shown}`), { code });
}
