import { createHash, createHmac, timingSafeEqual } from "node:crypto";

/** A request as it arrived: nothing of it has been decoded. */
export interface ReceivedRequest {
  method: string;
  /** Path and query of the request line. */
  target: string;
  /** Lower-case names. */
  headers: Record<string, string | string[] | undefined>;
  body: Buffer | string;
}

/** The three parts of `Authorization: SDK-HMAC-SHA256 Access=…, SignedHeaders=a;b, Signature=…`. */
export interface Authorization {
  access: string;
  signedHeaders: string[];
  signature: string;
}

/** @returns The parts, or undefined if the header is not of this scheme or lacks one of them. */
export function parseAuthorization(header: string): Authorization | undefined {
  const scheme = "SDK-HMAC-SHA256 ";
  if (!header.startsWith(scheme)) return undefined;
  const parts = new Map<string, string>();
  for (const part of header.slice(scheme.length).split(",")) {
    const equals = part.indexOf("=");
    if (equals > 0) parts.set(part.slice(0, equals).trim(), part.slice(equals + 1).trim());
  }
  const access = parts.get("Access");
  const signedHeaders = parts.get("SignedHeaders");
  const signature = parts.get("Signature");
  if (!access || !signedHeaders || !signature) return undefined;
  return { access, signedHeaders: signedHeaders.toLowerCase().split(";"), signature };
}

/**
 * The canonical request of SDK-HMAC-SHA256, computed from what was received.
 *
 * @param plus - What a raw `+` in the query stands for. Signers that canonicalise their parameters see a plus sign;
 *   a gateway that decodes forms sees a space. Both readings exist.
 */
export function canonicalRequest(
  request: ReceivedRequest,
  signedHeaders: readonly string[],
  plus: "plus" | "space" = "plus",
): string {
  const question = request.target.indexOf("?");
  const path = question < 0 ? request.target : request.target.slice(0, question);
  const query = question < 0 ? "" : request.target.slice(question + 1);
  const headers = signedHeaders.map((name) => `${name}:${headerText(request.headers[name])}\n`).join("");
  return [
    request.method.toUpperCase(),
    canonicalPath(path),
    canonicalQuery(query, plus),
    headers,
    signedHeaders.join(";"),
    createHash("sha256").update(request.body).digest("hex"),
  ].join("\n");
}

/** Second stage: what is signed. */
export function stringToSign(canonical: string, sdkDate: string): string {
  return `SDK-HMAC-SHA256\n${sdkDate}\n${createHash("sha256").update(canonical).digest("hex")}`;
}

/** Third stage: the signature in lower-case hex. There is no key derivation, the secret key is the HMAC key. */
export function signatureOf(secret: string, text: string): string {
  return createHmac("sha256", secret).update(text).digest("hex");
}

/** Compares without telling by its duration how much was right. */
export function equalSignatures(a: string, b: string): boolean {
  const left = Buffer.from(a);
  const right = Buffer.from(b);
  return left.length === right.length && timingSafeEqual(left, right);
}

/** Each segment decoded and encoded anew; the canonical path ends in `/` although the sent one need not. */
function canonicalPath(path: string): string {
  const encoded = path.split("/").map((segment) => encode(decode(segment)));
  const joined = encoded.join("/");
  return joined.endsWith("/") ? joined : `${joined}/`;
}

/** Pairs decoded, encoded anew and sorted; a name without `=` counts as an empty value. */
function canonicalQuery(query: string, plus: "plus" | "space"): string {
  const text = plus === "space" ? query.replaceAll("+", "%20") : query;
  return text
    .split("&")
    .filter((pair) => pair !== "")
    .map((pair) => {
      const equals = pair.indexOf("=");
      const name = equals < 0 ? pair : pair.slice(0, equals);
      const value = equals < 0 ? "" : pair.slice(equals + 1);
      return [encode(decode(name)), encode(decode(value))] as const;
    })
    .sort(([nameA, valueA], [nameB, valueB]) => compare(nameA, nameB) || compare(valueA, valueB))
    .map(([name, value]) => `${name}=${value}`)
    .join("&");
}

function headerText(value: string | string[] | undefined): string {
  return (Array.isArray(value) ? value.join(",") : (value ?? "")).trim();
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** RFC 3986: `encodeURIComponent` leaves five characters that are reserved. */
function encode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
