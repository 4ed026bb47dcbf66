import { createHmac, hash } from "node:crypto";

/** A request as far as its signature is concerned. */
export interface SignableRequest {
  readonly method: string;
  /** Path as it is sent, percent-encoded or not; every segment is encoded as RFC 3986 asks. */
  readonly path: string;
  /** Canonical query as {@link canonicalQuery} makes it; exactly this must be sent. */
  readonly query: string;
  /** Headers to sign; `host` must be among them. */
  readonly headers: { readonly [name: string]: string };
  readonly body?: string;
}

/** A key pair. */
export interface SigningKey {
  readonly accessKey: string;
  readonly secretKey: string;
}

const ALGORITHM = "SDK-HMAC-SHA256";

/**
 * Signs a request with SDK-HMAC-SHA256.
 *
 * @param date - Time of signing; the service refuses more than 15 minutes of difference.
 * @returns The headers to add: `x-sdk-date` and `authorization`.
 * @see https://support.huaweicloud.com/intl/en-us/devg-apisign/api-sign-algorithm.html
 */
export function sign(request: SignableRequest, key: SigningKey, date: Date) {
  const sdkDate = formatSdkDate(date);
  const headers = { ...request.headers, "x-sdk-date": sdkDate };
  const text = stringToSign(canonicalRequest({ ...request, headers }), sdkDate);
  const signature = createHmac("sha256", key.secretKey).update(text).digest("hex");
  return {
    "x-sdk-date": sdkDate,
    authorization: `${ALGORITHM} Access=${key.accessKey}, SignedHeaders=${signedHeaders(headers)}, Signature=${signature}`,
  };
}

/** First stage: the request in the one form both sides agree on. */
export function canonicalRequest(request: SignableRequest): string {
  const headers = Object.entries(request.headers)
    .map(([name, value]) => `${name.toLowerCase()}:${value.trim()}\n`)
    .toSorted(byCodePoint);
  return [
    request.method,
    canonicalPath(request.path),
    request.query,
    headers.join(""),
    signedHeaders(request.headers),
    sha256(request.body ?? ""),
  ].join("\n");
}

/** Second stage: what the key signs. */
export function stringToSign(canonical: string, sdkDate: string): string {
  return `${ALGORITHM}\n${sdkDate}\n${sha256(canonical)}`;
}

/** `yyyymmddThhmmssZ`. */
export function formatSdkDate(date: Date): string {
  return `${date.toISOString().slice(0, 19).replace(/[-:]/g, "")}Z`;
}

/** The query in canonical form: encoded, sorted by name, then value. */
export function canonicalQuery(parameters: readonly (readonly [name: string, value: string])[]): string {
  return parameters
    .map(([name, value]) => [encode(name), encode(value)] as const)
    .toSorted(([a, valueA], [b, valueB]) => byCodePoint(a, b) || byCodePoint(valueA, valueB))
    .map(([name, value]) => `${name}=${value}`)
    .join("&");
}

/** RFC 3986: everything but unreserved characters is escaped; `encodeURIComponent` leaves five more alone. */
export function encode(text: string): string {
  return encodeURIComponent(text.toWellFormed()).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

// The canonical path must end in a slash; the sent one need not.
function canonicalPath(path: string): string {
  const encoded = path
    .split("/")
    .map((segment) => encode(decodeURIComponent(segment)))
    .join("/");
  return encoded.endsWith("/") ? encoded : `${encoded}/`;
}

function signedHeaders(headers: { readonly [name: string]: string }): string {
  return Object.keys(headers)
    .map((name) => name.toLowerCase())
    .toSorted(byCodePoint)
    .join(";");
}

function sha256(text: string): string {
  return hash("sha256", text);
}

function byCodePoint(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
