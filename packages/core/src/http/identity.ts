import type { HttpRequest } from "./message.ts";
import { sign } from "./signer.ts";

/** What requests are signed or sent with: a key or a token, and until when. */
export type Identity = (
  | { readonly accessKey: string; readonly secretKey: string; readonly securityToken?: string | undefined }
  | { readonly token: string }
) & {
  /** Milliseconds since 1970-01-01 UTC; absent where it does not expire, or nobody knows. */
  readonly expiresAt?: number | undefined;
};

/** A request before it is signed. */
export interface UnsignedRequest {
  readonly method: HttpRequest["method"];
  readonly origin: string;
  readonly path: string;
  /** Canonical query. */
  readonly query: string;
  readonly headers: { readonly [name: string]: string };
  readonly body?: string;
}

/** Signs a request at `now` with a key, or adds the token. */
export function authorize(request: UnsignedRequest, identity: Identity | undefined, now: Date): HttpRequest {
  const { method, origin, path, query, body } = request;
  const headers: { [name: string]: string } = {
    ...request.headers,
    accept: "application/json",
    "accept-encoding": "gzip",
    // An answer of the past must not stand for the present. Not signed, as caches may change it on the way.
    "cache-control": "no-cache",
  };
  if (identity && "token" in identity) headers["x-auth-token"] = identity.token;
  if (identity && "accessKey" in identity) {
    Object.assign(
      headers,
      sign(
        { ...request, headers: { ...request.headers, host: origin.slice(origin.indexOf("//") + 2) } },
        identity,
        now,
      ),
    );
    // Added after signing: the gateway echoes the signed headers of a request that it refuses.
    if (identity.securityToken) headers["x-security-token"] = identity.securityToken;
  }
  return {
    method,
    origin,
    path: query ? `${path}?${query}` : path,
    headers,
    ...(body !== undefined && { body }),
  };
}
