import { aborted } from "../http/attempt.ts";
import type { Transport } from "../http/message.ts";
import type { Identity } from "../http/identity.ts";
import { temporaryKey } from "./temporary-key.ts";

const TIMEOUT_MS = 3000;
const TOKEN_LIFETIME_SECONDS = "21600";

/**
 * The temporary key of the agency that the machine this runs on (ECS) was given; undefined where this is no such
 * machine, or it has no agency. Version 2 of the service wants a session token; where there is no version 2, one
 * is not needed.
 *
 * @see https://support.huaweicloud.com/intl/en-us/usermanual-ecs/ecs_03_0166.html
 */
export async function metadataIdentity(
  transport: Transport,
  origin: string,
  signal?: AbortSignal,
): Promise<Identity | undefined> {
  const send = (method: "GET" | "PUT", path: string, headers: { readonly [name: string]: string }) =>
    transport.send(
      { method, origin, path, headers },
      AbortSignal.any([AbortSignal.timeout(TIMEOUT_MS), ...(signal ? [signal] : [])]),
    );
  try {
    const session = await send("PUT", "/meta-data/latest/api/token", {
      "x-metadata-token-ttl-seconds": TOKEN_LIFETIME_SECONDS,
    });
    const headers = session.status === 200 ? { "x-metadata-token": session.body.trim() } : {};
    const response = await send("GET", "/openstack/latest/securitykey", headers);
    if (response.status !== 200) return undefined;
    return temporaryKey(JSON.parse(response.body));
  } catch {
    if (signal?.aborted) throw aborted(signal);
    return undefined;
  }
}
