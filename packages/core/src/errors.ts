import { harmlessWithin } from "./texts/harmless.ts";

/** Every code an {@link AuditError} can have. Codes are stable API, messages are not. */
export type AuditErrorCode =
  /** A setting is missing, malformed or contradicts another one; nothing was sent. */
  | "ERR_CONFIG"
  /** An argument of the query is malformed, or the service refused it (400). */
  | "ERR_ARGUMENT"
  /** The credentials were refused, or none could be obtained. */
  | "ERR_UNAUTHENTICATED"
  /** The credentials are valid but may not do this. */
  | "ERR_FORBIDDEN"
  /** The cluster, instance, node or project does not exist. */
  | "ERR_NOT_FOUND"
  /** The service kept asking to slow down until the deadline. */
  | "ERR_THROTTLED"
  /** The service failed (5xx) on every attempt. */
  | "ERR_SERVER"
  /** No connection, or it broke, on every attempt. */
  | "ERR_CONNECTION"
  /** The deadline passed. */
  | "ERR_TIMEOUT"
  /** A response that is not what the vendor documents. */
  | "ERR_RESPONSE"
  /** The reading cannot be proved complete; see `incompleteReason`. */
  | "ERR_INCOMPLETE"
  /** The caller's signal was aborted, or the client closed. */
  | "ERR_ABORTED"
  /** The region or endpoint does not offer this API. */
  | "ERR_UNSUPPORTED";

/** What an {@link AuditError} can carry besides its message. */
export interface AuditErrorDetails {
  /** Argument or setting at fault, in camelCase. */
  readonly argument?: string | undefined;
  /** HTTP status of the response. */
  readonly status?: number | undefined;
  /** The vendor's error code, such as `DWS.3027`. */
  readonly vendorCode?: string | undefined;
  /** The vendor's request id (`X-Request-Id`). */
  readonly requestId?: string | undefined;
  /** Path that was requested, without the query. */
  readonly path?: string | undefined;
  /** The error that led to this one. */
  readonly cause?: unknown;
}

/**
 * The only error this package throws. Its message is one line, names what would help, and holds no secret and
 * nothing that a terminal or CI service obeys.
 */
export class AuditError extends Error {
  /** The same in every copy of this package. */
  override readonly name = "AuditError";
  /** What kind of failure it is: stable, unlike the message. */
  readonly code: AuditErrorCode;
  /** As {@link AuditErrorDetails.argument}. */
  readonly argument: string | undefined;
  /** As {@link AuditErrorDetails.status}. */
  readonly status: number | undefined;
  /** As {@link AuditErrorDetails.vendorCode}. */
  readonly vendorCode: string | undefined;
  /** As {@link AuditErrorDetails.requestId}. */
  readonly requestId: string | undefined;
  /** As {@link AuditErrorDetails.path}. */
  readonly path: string | undefined;

  constructor(code: AuditErrorCode, message: string, details: AuditErrorDetails = {}) {
    super(
      harmlessWithin(LONGEST_MESSAGE, message),
      details.cause === undefined ? undefined : { cause: details.cause },
    );
    const short = (text: string | undefined) => text && harmlessWithin(LONGEST_DETAIL, text);
    this.code = code;
    this.argument = short(details.argument);
    this.status = details.status;
    this.vendorCode = short(details.vendorCode);
    this.requestId = short(details.requestId);
    this.path = short(details.path);
    // Not for people who look at the error.
    Object.defineProperty(this, BRAND, { value: true });
  }

  /** As {@link isAuditError}. */
  static is(error: unknown): error is AuditError {
    return isAuditError(error);
  }
}

/** Known to every copy of this package in a process. */
const BRAND = Symbol.for("@auditgate/core/AuditError");

/** Longest message that is kept [characters]; what a service says in it is far shorter. */
const LONGEST_MESSAGE = 10_000;

/** Longest argument, code, id or path that is kept [characters]. */
const LONGEST_DETAIL = 300;

/**
 * Whether something thrown is an {@link AuditError}, also one of another copy of this package in the same tree, which
 * `instanceof` does not recognise.
 */
export function isAuditError(error: unknown): error is AuditError {
  return (
    typeof error === "object" &&
    error !== null &&
    Object.getOwnPropertyDescriptor(error, BRAND)?.value === true
  );
}

/** The same error saying more. */
export function rephrase(error: AuditError, message: string, details: AuditErrorDetails = {}): AuditError {
  const { argument, status, vendorCode, requestId, path, cause } = error;
  return new AuditError(error.code, message, {
    argument,
    status,
    vendorCode,
    requestId,
    path,
    cause,
    ...details,
  });
}
