import { AuditError, type AuditErrorCode } from "../errors.ts";
import type { HttpResponse } from "./message.ts";
import { parseVendorError, statedError, type VendorError } from "./vendor-words.ts";
import { harmlessWithin } from "../texts/harmless.ts";
import type { Redaction } from "../texts/redaction.ts";

// Codes that mean something else than their status says.
// @see https://support.huaweicloud.com/intl/en-us/api-dws/ErrorCode.html
// @see https://docs.otc.t-systems.com/document-database-service/api-ref/appendix/error_codes.html
export const CODE_TABLE: Readonly<{ [code: string]: AuditErrorCode }> = {
  "DWS.0001": "ERR_ARGUMENT",
  "DWS.0015": "ERR_NOT_FOUND",
  "DWS.0047": "ERR_NOT_FOUND",
  "DWS.3027": "ERR_NOT_FOUND",
  "DBS.200002": "ERR_NOT_FOUND",
  "DBS.200010": "ERR_UNAUTHENTICATED",
  "DBS.200013": "ERR_NOT_FOUND",
  "DBS.200024": "ERR_UNSUPPORTED",
  "DBS.200451": "ERR_NOT_FOUND",
  "DBS.200604": "ERR_FORBIDDEN",
  "DBS.200998": "ERR_SERVER",
  "DBS.201028": "ERR_NOT_FOUND",
  "DBS.201501": "ERR_NOT_FOUND",
  "DBS.201502": "ERR_NOT_FOUND",
  "DBS.216026": "ERR_NOT_FOUND",
  "DBS.216030": "ERR_NOT_FOUND",
  "DBS.280015": "ERR_FORBIDDEN",
  "DBS.280016": "ERR_NOT_FOUND",
  "DBS.280056": "ERR_UNAUTHENTICATED",
  "DBS.280064": "ERR_FORBIDDEN",
  "DBS.280110": "ERR_NOT_FOUND",
  "DBS.280343": "ERR_UNSUPPORTED",
  "DBS.280443": "ERR_THROTTLED",
  "APIGW.0101": "ERR_UNSUPPORTED",
  "APIGW.0301": "ERR_UNAUTHENTICATED",
  "APIGW.0302": "ERR_FORBIDDEN",
  "APIGW.0303": "ERR_UNAUTHENTICATED",
  "APIGW.0308": "ERR_THROTTLED",
};

// @see https://www.rfc-editor.org/rfc/rfc9110#section-15
export const STATUS_TABLE: Readonly<{ [status: number]: AuditErrorCode }> = {
  400: "ERR_ARGUMENT",
  401: "ERR_UNAUTHENTICATED",
  403: "ERR_FORBIDDEN",
  404: "ERR_NOT_FOUND",
  405: "ERR_UNSUPPORTED",
  408: "ERR_TIMEOUT",
  429: "ERR_THROTTLED",
};

/** The error that a response with a status other than 2xx stands for. */
export function responseError(response: HttpResponse, path: string, { redact }: Redact): AuditError {
  const { status } = response;
  const requestId = requestIdOf(response, { redact });
  const said = parseVendorError(response.body);
  const { code: vendorCode, words } = shown(said, { redact });
  const id = requestId ? ` (request ${requestId})` : "";
  const details = { status, vendorCode, requestId, path };
  if (status >= 300 && status < 400) {
    const message = `The service answered with a redirect (${status}), which is not followed${id}.`;
    return new AuditError("ERR_RESPONSE", message, details);
  }
  const code =
    CODE_TABLE[vendorCode ?? ""] ?? STATUS_TABLE[status] ?? (status >= 500 ? "ERR_SERVER" : "ERR_RESPONSE");
  return new AuditError(code, `HTTP ${status}${words ? `: ${words}` : ""}${id}`, details);
}

/** The error that an answer states although its status says that all is well; undefined where it states none. */
export function statedErrorOf(
  response: HttpResponse,
  body: object,
  path: string,
  { redact }: Redact,
): AuditError | undefined {
  const said = statedError(body);
  if (!said) return undefined;
  const requestId = requestIdOf(response, { redact });
  const { code: vendorCode, words } = shown(said, { redact });
  const { status } = response;
  const id = requestId ? ` (request ${requestId})` : "";
  return new AuditError(
    "ERR_RESPONSE",
    `The response states an error beside its status ${status}: ${words}${id}`,
    { status, vendorCode, requestId, path },
  );
}

/** How the caller's own secrets are cut out of a text. */
export type Redact = Pick<Redaction, "redact">;

/** Id by which the service knows a request, in a form that can be shown. */
export function requestIdOf(
  { headers }: Pick<HttpResponse, "headers">,
  { redact }: Redact,
): string | undefined {
  const id = headers["x-request-id"];
  return id === undefined ? undefined : harmlessWithin(LONGEST_ID, scrub(redact(id.slice(0, MOST_READ))));
}

/** Most of a text that is looked at [characters]. */
const MOST_READ = 20_000;

const LONGEST_ID = 100;
const LONGEST_WORDS = 300;

// Such as `DWS.3027`, `APIGW.0301`, `SVCSTG.ALS.200.210`, `400`.
const VENDOR_CODE = /^[A-Za-z0-9][\w.-]{0,39}$/;

/** What a vendor has said, without secrets; what cannot be a code stands among the words. */
function shown({ code, message }: VendorError, { redact }: Redact) {
  const [ownCode = "", ownMessage = ""] = [code, message].map((text) =>
    scrub(redact((text ?? "").slice(0, MOST_READ))).trim(),
  );
  const words = [ownCode, ownMessage].filter((text) => text !== "").join(" ");
  return {
    code: VENDOR_CODE.test(ownCode) ? ownCode : undefined,
    words: harmlessWithin(LONGEST_WORDS, words),
  };
}

/**
 * `text` without what looks like a secret, whoever's it may be: `APIGW.0301` echoes the canonical request, in which a
 * security token can stand, and gateways echo headers.
 */
function scrub(text: string): string {
  return PATTERNS.reduce((rest, [pattern, instead]) => rest.replace(pattern, instead), text);
}

const PATTERNS: readonly (readonly [pattern: RegExp, instead: string])[] = [
  [/[\s,;:]{0,8}canonical ?request\b.*/is, ""],
  [/SDK-HMAC-SHA256\s+[^\s].*/g, "SDK-HMAC-SHA256 …"],
  [/\b(bearer|basic|negotiate)\s+[^\s"',;]{4,}/gi, "$1 …"],
  // `X-Auth-Token X`, and lists of headers: `["x-auth-token","X"]`.
  [/\b(x-(?:[a-z]{1,20}-){1,3}token)[\s"'\\:=,>]{1,12}[^\s"'\\,;&|]+/gi, "$1: …"],
  // In quotes to their end, which may be escaped as the name's are.
  [
    /((?:authorization|signature|access[-_ ]?key|secret[-_ ]?key|api[-_ ]?key|token|password|passwd|passcode|secret|credential|cookie|[as]k)\\*["']?\s*[:=]\s*)\\*"[^"]*(?:"|$)/gi,
    '$1"…"',
  ],
  [
    /((?:authorization|signature|access[-_ ]?key|secret[-_ ]?key|api[-_ ]?key|token|password|passwd|passcode|secret|credential|cookie|[as]k)\\*["']?\s*[:=]\s*)[^\s"',;&|]+/gi,
    "$1…",
  ],
  [/[A-Za-z0-9+/_-]{48,}={0,2}/g, "…"],
];
