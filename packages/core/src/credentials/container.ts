import { AuditError } from "../errors.ts";
import type { CallContext } from "../http/attempt.ts";
import type { Exchange } from "../http/exchange.ts";
import type { Identity } from "../http/identity.ts";
import { CONTAINER_TOKEN_ORIGIN } from "../settings/identity/container.ts";
import type { ContainerCredentials } from "../settings/identity/credentials.ts";
import { temporaryKey } from "./temporary-key.ts";
import { readTokenFile } from "./token-file.ts";

/**
 * The temporary key that the cluster gives to the container this runs in (CCE's pod identity).
 *
 * @throws {AuditError} `ERR_UNAUTHENTICATED` where it gives none; `ERR_CONFIG` for a file that holds no token.
 */
export async function containerIdentity(
  { containerUri, containerTokenFile }: ContainerCredentials,
  exchange: Exchange,
  context: CallContext,
): Promise<Identity> {
  const token = readTokenFile(containerTokenFile, CONTAINER_TOKEN_ORIGIN);
  const { origin, pathname, search } = new URL(containerUri);
  const headers = {
    authorization: token,
    "content-type": "application/json",
    accept: "application/json",
    "accept-encoding": "gzip",
  };
  const refused = (problem: string, details?: ConstructorParameters<typeof AuditError>[2]) =>
    new AuditError(
      "ERR_UNAUTHENTICATED",
      `The container's credentials cannot be had at ${origin}: ${problem}`,
      details,
    );
  try {
    const { body, requestId } = await exchange({
      ...context,
      prepare: () => ({ method: "POST", origin, path: pathname + search, headers, body: "{}" }),
    });
    const identity = temporaryKey(body);
    if (identity) return identity;
    throw refused("the answer holds no access key.", { requestId });
  } catch (error) {
    if (!AuditError.is(error) || error.status === undefined || error.status >= 500 || error.status === 429)
      throw error;
    const { message, status, requestId, path } = error;
    const advice = `Is the token in ${containerTokenFile} of this container's own account, and not at its end?`;
    throw refused(`${message} ${advice}`, { status, requestId, path });
  }
}
