import { AuditError } from "../errors.ts";
import type { CallContext } from "../http/attempt.ts";
import type { Identity } from "../http/identity.ts";
import type { FederatedCredentials } from "../settings/identity/credentials.ts";
import type { Iam } from "./iam.ts";
import { readTokenFile } from "./token-file.ts";

/**
 * The temporary key that IAM gives for the token of an identity provider, as the SDKs ask for it.
 *
 * @param origin - What named the token's file.
 * @throws {AuditError} `ERR_UNAUTHENTICATED` where IAM does not accept the token, saying what can be read in it;
 *   `ERR_CONFIG` for a file that holds none.
 */
export async function federatedIdentity(
  { idpId, idTokenFile }: FederatedCredentials,
  origin: string,
  iam: Iam,
  context: CallContext,
): Promise<Identity> {
  const token = readTokenFile(idTokenFile, origin, "idTokenFile");
  try {
    return await iam.federatedKey(idpId, token, context);
  } catch (error) {
    if (!AuditError.is(error) || !REFUSALS.has(error.status ?? 0) || error.code === "ERR_UNSUPPORTED")
      throw error;
    const { message, status, vendorCode, requestId, path } = error;
    const what =
      status === 404
        ? `IAM knows no identity provider "${idpId}" (idpId)`
        : `IAM does not accept the token in ${idTokenFile} from the identity provider "${idpId}"`;
    const details = {
      argument: status === 404 ? "idpId" : "idTokenFile",
      status,
      vendorCode,
      requestId,
      path,
    };
    throw new AuditError("ERR_UNAUTHENTICATED", `${what}: ${message} ${readIn(token)}`, details);
  }
}

const REFUSALS: ReadonlySet<number> = new Set([400, 401, 403, 404]);

/** What a person should know of the token: neither issuer nor audience nor end is a secret. */
function readIn(token: string): string {
  const claims = claimsOf(token);
  if (!claims) return "The file holds no JSON Web Token.";
  const { exp, iss, aud } = claims;
  const end = typeof exp === "number" ? new Date(exp * 1000) : undefined;
  if (end && end.getTime() < Date.now())
    return `The token ended at ${end.toISOString()}: it has to be issued anew for every run.`;
  const texts = [aud].flat().filter((each) => typeof each === "string");
  const audience = texts.length > 0 ? ` for ${texts.join(", ").slice(0, 200)}` : "";
  return `It was issued by ${typeof iss === "string" ? iss.slice(0, 200) : "nobody"}${audience}: compare that with the provider's settings in IAM.`;
}

function claimsOf(token: string): { readonly [claim: string]: unknown } | undefined {
  try {
    const claims: unknown = JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString("utf8"));
    return typeof claims === "object" && claims !== null
      ? (claims as { [claim: string]: unknown })
      : undefined;
  } catch {
    return undefined;
  }
}
