import type { Identity } from "../http/identity.ts";

/** The temporary key in a body of IAM or of the metadata service, or undefined where there is none. */
export function temporaryKey(body: unknown): Identity | undefined {
  const { credential } = (body ?? {}) as { readonly credential?: unknown };
  const {
    access,
    secret,
    securitytoken,
    expires_at: expiry,
  } = (credential ?? {}) as { readonly [key: string]: unknown };
  if (typeof access !== "string" || typeof secret !== "string" || typeof securitytoken !== "string")
    return undefined;
  return { accessKey: access, secretKey: secret, securityToken: securitytoken, expiresAt: expiryOf(expiry) };
}

/** Milliseconds since 1970-01-01 UTC of an `expires_at`, or undefined where it cannot be read. */
export function expiryOf(text: unknown): number | undefined {
  const instant = typeof text === "string" ? Date.parse(text) : NaN;
  return Number.isNaN(instant) ? undefined : instant;
}
