import type { DetailedPeerCertificate, SecureContext, TLSSocket } from "node:tls";
import type { Proxy } from "../../settings/proxy.ts";
import { shakeHands } from "./handshake.ts";

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
 * them.
 *
 * @returns Undefined where nothing can be learned.
 */
export async function findUntrusted(
  origin: string,
  proxy: Proxy | undefined,
  secureContext: SecureContext,
): Promise<Untrusted | undefined> {
  const options = { secureContext, signal: AbortSignal.timeout(TIMEOUT_MS) };
  try {
    return await shakeHands(origin, proxy, options, ({ secured, isProxys }) => {
      const authority = secured && authorityOf(secured);
      return authority === undefined ? undefined : { authority, isProxys };
    });
  } catch {
    return undefined;
  }
}

function authorityOf(socket: TLSSocket): string | undefined {
  let certificate: DetailedPeerCertificate = socket.getPeerCertificate(true);
  const seen = new Set<DetailedPeerCertificate>();
  while (certificate.issuerCertificate && !seen.has(certificate)) {
    seen.add(certificate);
    certificate = certificate.issuerCertificate;
  }
  const { CN, O, OU } = (certificate.issuer ?? {}) as Readonly<Record<string, string | string[] | undefined>>;
  const [name] = [CN, O, OU].flat().filter((each) => each !== undefined && each !== "");
  return name?.slice(0, 200);
}
