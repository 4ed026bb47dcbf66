import { AuditError } from "../../errors.ts";
import { harmless } from "../../texts/harmless.ts";
import type { Redaction } from "../../texts/redaction.ts";
import type { Untrusted } from "./untrusted.ts";

type Redact = Pick<Redaction, "redact">;

/** Code of a body that cannot be decompressed. */
export const DAMAGED_BODY = "ERR_DAMAGED_BODY";

/** What the network's error codes mean to a person. */
const MEANINGS: Readonly<{ [code: string]: string }> = {
  ECONNREFUSED: "connection refused",
  ECONNRESET: "connection reset",
  EPIPE: "connection closed",
  ENOTFOUND: "host not found",
  EAI_AGAIN: "host name lookup failed",
  EHOSTUNREACH: "host unreachable",
  ENETUNREACH: "network unreachable",
  ETIMEDOUT: "connecting timed out",
  UND_ERR_CONNECT_TIMEOUT: "connecting timed out",
  UND_ERR_SOCKET: "connection closed by the other side",
};

/** The error that a failed exchange with `origin` stands for. */
export function networkError(error: unknown, origin: string, { redact }: Redact): AuditError {
  if (AuditError.is(error)) return error;
  const cause = causeOf(error, { redact });
  const { code, message } = cause;
  if (isTlsCode(code)) {
    const said = `Cannot trust ${origin}: ${withoutHint(message)} (${code})`;
    return new AuditError("ERR_CONFIG", `${said}. ${adviceOn(code, "its certificate authority")}`, { cause });
  }
  const refusal = /Proxy response \((\d+)\)/.exec(message)?.[1];
  if (refusal !== undefined) {
    const isSetting = refusal.startsWith("4");
    const why = refusal === "407" ? " it wants a user and a password, or other ones" : "";
    return new AuditError(
      isSetting ? "ERR_CONFIG" : "ERR_CONNECTION",
      `Cannot reach ${origin}: the proxy answered HTTP ${refusal}${why && `:${why}`}.`,
      { cause },
    );
  }
  if (code === DAMAGED_BODY) {
    return new AuditError("ERR_RESPONSE", `The body of ${origin}'s response is damaged: ${message}.`, {
      cause,
    });
  }
  if (code.startsWith("HPE_")) {
    return new AuditError("ERR_CONNECTION", `${origin} did not answer in HTTP (${code}).`, { cause });
  }
  return new AuditError(
    "ERR_CONNECTION",
    `Cannot reach ${origin}: ${MEANINGS[code] ?? message}${code ? ` (${code})` : ""}.`,
    { cause },
  );
}

/** Whether an error is about a certificate. */
export function isAboutCertificate(error: AuditError): boolean {
  return isTlsCode((error.cause as { readonly code?: string } | undefined)?.code ?? "");
}

/** The same error with the name of whoever signed the certificate. */
export function withAuthority(
  { cause }: AuditError,
  origin: string,
  { authority, isProxys }: Untrusted,
): AuditError {
  const { code, message } = cause as Error & { readonly code: string };
  const whose = isProxys ? "the proxy on the way to " : "";
  const said = `Cannot trust ${whose}${origin}: ${withoutHint(message)} (${code}); its certificate is signed by "${authority}"`;
  return new AuditError("ERR_CONFIG", `${said}. ${adviceOn(code, "that authority")}`, { cause });
}

// Node.js advises an option that programs of ours neither need nor, in engines, can be given.
function withoutHint(message: string): string {
  return message.replace(/; if the root CA is installed locally.*$/s, "");
}

function adviceOn(code: string, authority: string): string {
  if (/EXPIRED|NOT_YET_VALID/.test(code))
    return "It counts for another time: have it renewed, or set this machine's clock.";
  if (/ALTNAME|HOSTNAME/.test(code)) return "It is for other names: is the endpoint the right one?";
  return `If the server is the right one, trust ${authority}: in the system's store (or SSL_CERT_FILE), with cacertFile (OS_CACERT), or with NODE_EXTRA_CA_CERTS.`;
}

/** What the network said, without the objects in which libraries keep what was sent. */
export function causeOf(error: unknown, { redact }: Redact): Error & { readonly code: string } {
  const { code, message } = root(error);
  return Object.assign(new Error(harmless(redact(message))), { code });
}

// Connecting to several addresses of a host fails with an AggregateError that says nothing itself. Errors of Node's
// own may come from another realm (jest, vm), so `instanceof` cannot tell them.
function root(error: unknown): { code: string; message: string } {
  if (typeof error !== "object" || error === null) return { code: "", message: String(error) };
  const { code, message, errors, cause } = error as NodeJS.ErrnoException & {
    readonly errors?: readonly unknown[];
    readonly cause?: unknown;
  };
  if (errors && errors.length > 0) return root(errors[0]);
  if (code === undefined && cause !== undefined) return root(cause);
  return { code: String(code ?? ""), message };
}

function isTlsCode(code: string): boolean {
  return /CERT|SELF_SIGNED|UNABLE_TO_|HOSTNAME_MISMATCH|ERR_TLS_CERT/.test(code);
}
