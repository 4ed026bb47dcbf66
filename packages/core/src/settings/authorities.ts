import { X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import { createSecureContext, getCACertificates, type SecureContext } from "node:tls";
import { AuditError } from "../errors.ts";
import type { Found } from "./layer.ts";

const CERTIFICATE = /-----BEGIN (?:TRUSTED )?CERTIFICATE-----[^-]*-----END (?:TRUSTED )?CERTIFICATE-----/g;

/**
 * Certificate authorities of a PEM file, or of a text that is one: `OS_CACERT` holds a path, the official provider also
 * takes the certificate itself.
 *
 * @throws {AuditError} `ERR_CONFIG` for a file that cannot be read or holds no certificate.
 */
export function certificates(found: Found | undefined): readonly string[] | undefined {
  if (!found) return undefined;
  const { value, origin } = found;
  const isText = value.includes("-----BEGIN ");
  const text = isText ? value : read(found);
  const pems = text.match(CERTIFICATE) ?? [];
  if (pems.length > 0 && pems.every(isCertificate)) return pems;
  throw new AuditError(
    "ERR_CONFIG",
    `${origin} ${isText ? "holds" : `names a file that holds`} no certificate in PEM format${isText ? "" : `: ${value}`}.`,
    { argument: "cacertFile" },
  );
}

function read({ value, origin }: Found): string {
  try {
    return readFileSync(value, "utf8");
  } catch (cause) {
    throw new AuditError("ERR_CONFIG", `${origin} names a file that cannot be read: ${value}.`, {
      argument: "cacertFile",
      cause,
    });
  }
}

function isCertificate(pem: string): boolean {
  try {
    return new X509Certificate(pem.replaceAll("TRUSTED ", "")).raw.length > 0;
  } catch {
    return false;
  }
}

/** Whose certificates are accepted. */
export interface Trust {
  /** Further certificate authorities (PEM), beside the ones Node and the system know. */
  readonly ca?: readonly string[] | undefined;
  /** Accept any server certificate. */
  readonly insecure?: boolean | undefined;
}

/** The authorities of Node, of the system and one's own, read now: made once for all connections. */
export function secureContextOf({ ca }: Trust): SecureContext {
  // What is named replaces Node's list, so that is named again; SSL_CERT_FILE and SSL_CERT_DIR say where the system's is.
  return createSecureContext({
    ca: [...new Set([...getCACertificates("default"), ...systemAuthorities(), ...(ca ?? [])])],
  });
}

// A store that cannot be read adds nothing, as for other programs.
function systemAuthorities(): readonly string[] {
  try {
    return getCACertificates("system");
  } catch {
    return [];
  }
}
