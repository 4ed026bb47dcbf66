import { AuditError, type AuditErrorCode } from "../errors.ts";
import type { HttpResponse } from "./message.ts";
import { parseVendorError } from "./vendor-words.ts";

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
export function responseError(response: HttpResponse, path: string): AuditError {
  const { status } = response;
  const requestId = response.headers["x-request-id"];
  const vendor = parseVendorError(response.body);
  const code =
    CODE_TABLE[vendor.code ?? ""] ?? STATUS_TABLE[status] ?? (status >= 500 ? "ERR_SERVER" : "ERR_RESPONSE");
  const what = [vendor.code, vendor.message && shorten(scrub(vendor.message))].filter(Boolean).join(" ");
  const id = requestId ? ` (request ${shorten(requestId)})` : "";
  const details = { status, vendorCode: vendor.code, requestId, path };
  if (status >= 300 && status < 400) {
    return new AuditError(
      "ERR_RESPONSE",
      `The service answered with a redirect (${status}), which is not followed${id}.`,
      details,
    );
  }
  return new AuditError(code, `HTTP ${status}${what ? `: ${what}` : ""}${id}`, details);
}

/**
 * `text` without what must not be shown: `APIGW.0301` echoes the canonical request, in which a security token
 * can stand, and gateways echo headers.
 */
function scrub(text: string): string {
  return text
    .replace(/[\s,;:]{0,8}canonical ?request\b.*/is, "")
    .replace(
      /((?:authorization|signature|access|token|password|passcode|secret|[as]k)["']?\s*[:=]\s*["']?)[^\s"',;&|]+/gi,
      "$1…",
    )
    .replace(/SDK-HMAC-SHA256\s+[^\s].*/g, "SDK-HMAC-SHA256 …")
    .replace(/[A-Za-z0-9+/_-]{48,}={0,2}/g, "…");
}

function shorten(text: string): string {
  return text.length > 300 ? `${text.slice(0, 300)}…` : text;
}
