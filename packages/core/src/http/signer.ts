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
  const names = sortedNames(headers);
  const text = stringToSign(canonical({ ...request, headers }, names), sdkDate);
  const signature = createHmac("sha256", key.secretKey).update(text).digest("hex");
  return {
    "x-sdk-date": sdkDate,
    authorization: `${ALGORITHM} Access=${key.accessKey}, SignedHeaders=${signedHeaders(names)}, Signature=${signature}`,
  };
}

/** First stage: the request in the one form both sides agree on. */
export function canonicalRequest(request: SignableRequest): string {
  return canonical(request, sortedNames(request.headers));
}

function canonical(
  { method, path, query, headers, body }: SignableRequest,
  names: readonly string[],
): string {
  const lines = names.map((name) => `${name.toLowerCase()}:${(headers[name] ?? "").trim()}\n`);
  return [
    method,
    canonicalPath(path),
    query,
    lines.join(""),
    signedHeaders(names),
    body ? sha256(body) : SHA256_OF_NOTHING,
  ].join("\n");
}

const SHA256_OF_NOTHING = sha256("");

/** Names as they were given, in the order of their lower-case forms. */
function sortedNames(headers: { readonly [name: string]: string }): readonly string[] {
  return Object.keys(headers).toSorted((a, b) => byCodePoint(a.toLowerCase(), b.toLowerCase()));
}

/** Second stage: what the key signs. */
export function stringToSign(canonical: string, sdkDate: string): string {
  return `${ALGORITHM}\n${sdkDate}\n${sha256(canonical)}`;
}

/** `yyyymmddThhmmssZ`. */
export function formatSdkDate(date: Date): string {
  const second = Math.floor(date.getTime() / 1000);
  if (second !== latestSecond) {
    latestSdkDate = `${date.toISOString().slice(0, 19).replace(/[-:]/g, "")}Z`;
    latestSecond = second;
  }
  return latestSdkDate;
}

// Requests beside each other are mostly signed in the same second, and for the same path.
let latestSecond = Number.NaN;
let latestSdkDate = "";
let latestPath = "";
let latestCanonicalPath = "/";

/** The query in canonical form: encoded, sorted by name, then value. */
export function canonicalQuery(parameters: readonly (readonly [name: string, value: string])[]): string {
  return parameters
    .map(([name, value]) => [encode(name), encode(value)] as const)
    .toSorted(([a, valueA], [b, valueB]) => byCodePoint(a, b) || byCodePoint(valueA, valueB))
    .map(([name, value]) => `${name}=${value}`)
    .join("&");
}

const UNRESERVED = /^[\w.~-]*$/;

/** RFC 3986: everything but unreserved characters is escaped; `encodeURIComponent` leaves five more alone. */
export function encode(text: string): string {
  if (UNRESERVED.test(text)) return text;
  return encodeURIComponent(text.toWellFormed()).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

// The canonical path must end in a slash; the sent one need not.
function canonicalPath(path: string): string {
  if (path === latestPath) return latestCanonicalPath;
  const encoded = path
    .split("/")
    .map((segment) => encode(decodeURIComponent(segment)))
    .join("/");
  latestCanonicalPath = encoded.endsWith("/") ? encoded : `${encoded}/`;
  latestPath = path;
  return latestCanonicalPath;
}

function signedHeaders(names: readonly string[]): string {
  return names.map((name) => name.toLowerCase()).join(";");
}

function sha256(text: string): string {
  return hash("sha256", text);
}

function byCodePoint(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
