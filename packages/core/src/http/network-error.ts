import { AuditError } from "../errors.ts";
import { harmless } from "../texts/harmless.ts";
import type { Redact } from "./vendor-error.ts";

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
    return new AuditError(
      "ERR_CONFIG",
      `Cannot trust ${origin}: ${message} (${code}). If the server is the right one, trust its certificate authority: in the system's store (or SSL_CERT_FILE), with cacertFile (OS_CACERT), or with NODE_EXTRA_CA_CERTS.`,
      { cause },
    );
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
