import type { ServiceName } from "./endpoints.ts";
import type { Choice, Environment, Found, Layer, Owner } from "./layer.ts";

/** Whom IAM's endpoint is for. */
export interface ForWhom {
  /** What is sent there: the secret part of the credentials, or a program's own; undefined for the machine's identity. */
  readonly secret: Choice | "program" | undefined;
  readonly region: string | undefined;
}

/**
 * IAM's endpoint, which is where a password is sent: from the credentials' own source or one above, never from one below
 * or of another vendor. What is said to auditgate itself (`AUDITGATE_*`) counts for all.
 */
export function iamEndpoint(
  layers: readonly Layer[],
  env: Environment,
  { secret, region }: ForWhom,
): Choice | undefined {
  const last = secret === undefined ? layers.length : secret === "program" ? 0 : secret.rank;
  const owner = secret === undefined ? undefined : secret === "program" ? "program" : layers[last]?.owner;
  for (const [rank, layer] of layers.entries()) {
    // A profile that a source names speaks for that source; one that nobody named, for itself alone.
    const isItsOwn = layer.owner === owner && layer.kind !== "current profile";
    const isBelow = rank > last && !isItsOwn && layer.owner !== "auditgate";
    if (isBelow || isForeign(layer.owner, owner)) continue;
    for (const name of ["endpoints.iam", "authUrl"] as const) {
      const found = layer.find(name) ?? (name === "authUrl" ? ofSdk(layer, env, region) : undefined);
      if (found) return { ...found, name, rank };
    }
  }
  return undefined;
}

function isForeign(one: Owner, other: Owner | undefined): boolean {
  const vendors: readonly (Owner | undefined)[] = ["huawei", "openstack"];
  return vendors.includes(one) && vendors.includes(other) && one !== other;
}

function ofSdk(layer: Layer, env: Environment, region: string | undefined): Found | undefined {
  return layer.owner === "huawei" && layer.kind === "values" ? sdkEndpoint(env, "iam", region) : undefined;
}

/** `HUAWEICLOUD_SDK_REGION_DWS_EU_DE`: the SDKs' own way to name an endpoint. */
export function sdkEndpoint(
  env: Environment,
  service: ServiceName,
  region: string | undefined,
): Found | undefined {
  const origin = `HUAWEICLOUD_SDK_REGION_${service}_${region}`.toUpperCase().replaceAll("-", "_");
  const value = region === undefined ? undefined : env[origin]?.trim();
  return value ? { value, origin } : undefined;
}
