import type { Identity } from "../http/identity.ts";
import { fitsHeader } from "../settings/header-text.ts";

/**
 * The temporary key in a body of IAM or of the metadata service (`credential`), or of a cluster's agent (`credentials`),
 * or undefined where there is none.
 */
export function temporaryKey(body: unknown): Identity | undefined {
  const { credential, credentials } = fieldsOf(body);
  const fields = fieldsOf(credential ?? credentials);
  const accessKey = fields["access"] ?? fields["accessKeyId"];
  const secretKey = fields["secret"] ?? fields["secretAccessKey"];
  const securityToken = fields["securitytoken"] ?? fields["securityToken"];
  if (!isSendable(accessKey) || !isText(secretKey) || !isSendable(securityToken)) return undefined;
  return {
    accessKey,
    secretKey,
    securityToken,
    expiresAt: expiryOf(fields["expires_at"] ?? fields["expiration"]),
  };
}

/** Milliseconds since 1970-01-01 UTC of an `expires_at`, or undefined where it cannot be read. */
export function expiryOf(text: unknown): number | undefined {
  const instant = typeof text === "string" ? Date.parse(text) : NaN;
  return Number.isNaN(instant) ? undefined : instant;
}

function fieldsOf(value: unknown): { readonly [key: string]: unknown } {
  return (value ?? {}) as { readonly [key: string]: unknown };
}

function isText(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}

// What no header can hold is no key.
function isSendable(value: unknown): value is string {
  return isText(value) && fitsHeader(value);
}
