import { readFileSync } from "node:fs";
import { AuditError } from "../errors.ts";
import type { SignIn } from "./sign-in.ts";
import { type AssumeRole, chooseRole, chooseSignIn } from "./sign-in.ts";
import { cloudOf, endpointOf, parseEndpoint, parseMetadataEndpoint, type ServiceName } from "./endpoints.ts";
import { booleanOf, type Environment, type Found, integerOf, type Layer, pick } from "./layer.ts";

/** Everything a client works with, found once. */
export interface Config {
  readonly region: string | undefined;
  readonly projectId: string | undefined;
  /** Name to look the project up by where no id is known. */
  readonly projectName: string | undefined;
  readonly signIn: SignIn | undefined;
  /** Agency to act as, where the credentials name none of their own. */
  readonly assumeRole: AssumeRole | undefined;
  /** Origin of a service. @throws {AuditError} `ERR_CONFIG` where neither an endpoint nor a region is known. */
  endpoint(service: ServiceName): string;
  readonly attempts: number;
  readonly timeoutMs: number;
  readonly ca: readonly string[] | undefined;
  readonly insecure: boolean;
  readonly proxy:
    | {
        readonly http?: string | undefined;
        readonly https?: string | undefined;
        readonly no?: string | undefined;
      }
    | undefined;
  /**
   * Origin of the metadata service of the machine; undefined where it must not be asked.
   *
   * @throws {AuditError} `ERR_CONFIG` for one that is malformed; looked at only where it is needed.
   */
  metadataEndpoint(): string | undefined;
}

const METADATA = "http://169.254.169.254";
const DEFAULT_RETRIES = 2;
const DEFAULT_TIMEOUT_SECONDS = 300;

/**
 * Finds every setting in the first layer that has it.
 *
 * @param env - For what no setting names: proxies, and the SDKs' endpoint variables.
 *
 * @throws {AuditError} `ERR_CONFIG` for a setting that is malformed, naming where it came from.
 */
export function resolveConfig(layers: readonly Layer[], env: Environment): Config {
  const find = (name: Parameters<typeof pick>[1]) => pick(layers, name);
  // An agency works in a project of its owner's, never in the one that the user's own account names.
  const delegated = find("assumeRole.agencyName") && find("assumeRole.delegatedProject");
  const projectName = (delegated ?? find("projectName"))?.value;
  const region = find("region")?.value ?? regionOf(projectName);
  const cloud = find("cloud")?.value ?? (region === undefined ? undefined : cloudOf(region));
  const endpoints = new Map<ServiceName, string>();
  for (const service of ["dws", "dds", "iam"] as const) {
    const endpoint =
      find(`endpoints.${service}`) ??
      (service === "iam" ? find("authUrl") : undefined) ??
      sdkEndpoint(env, service, region);
    if (endpoint) endpoints.set(service, parseEndpoint(endpoint));
  }
  const retries = find("maxRetries");
  const timeout = find("timeoutSeconds");
  const insecure = find("insecure");
  const metadata = find("metadata");
  return {
    region,
    projectId: delegated ? undefined : find("projectId")?.value,
    projectName: projectName ?? region,
    signIn: chooseSignIn(layers),
    assumeRole: chooseRole(layers),
    endpoint(service) {
      const own = endpoints.get(service);
      if (own) return own;
      if (region !== undefined && cloud !== undefined) return endpointOf(service, region, cloud);
      throw new AuditError(
        "ERR_CONFIG",
        `No region is known, so neither is the endpoint of ${service.toUpperCase()}: set region (AUDITGATE_REGION), or endpoints.${service} (AUDITGATE_${service.toUpperCase()}_ENDPOINT).`,
        { argument: "region" },
      );
    },
    attempts: (retries ? integerOf(retries, 0, 100) : DEFAULT_RETRIES) + 1,
    timeoutMs: (timeout ? integerOf(timeout, 1, 3600) : DEFAULT_TIMEOUT_SECONDS) * 1000,
    ca: certificates(find("cacertFile")),
    insecure: insecure ? booleanOf(insecure) : false,
    proxy: proxyOf(env),
    metadataEndpoint() {
      if (metadata && !booleanOf(metadata)) return undefined;
      const value = env["AUDITGATE_METADATA_ENDPOINT"]?.trim();
      return value ? parseMetadataEndpoint({ value, origin: "AUDITGATE_METADATA_ENDPOINT" }) : METADATA;
    },
  };
}

// A project that belongs to one region is named after it: `eu-de`, `eu-de_analytics`.
function regionOf(projectName: string | undefined): string | undefined {
  return /^([a-z]{2}-[a-z]+-?\d*)(?:_|$)/.exec(projectName ?? "")?.[1];
}

// `HUAWEICLOUD_SDK_REGION_DWS_EU_DE`: the SDKs' own way to name an endpoint.
function sdkEndpoint(env: Environment, service: ServiceName, region: string | undefined): Found | undefined {
  const origin = `HUAWEICLOUD_SDK_REGION_${service}_${region}`.toUpperCase().replaceAll("-", "_");
  const value = region === undefined ? undefined : env[origin];
  return value ? { value, origin } : undefined;
}

// `OS_CACERT` holds a path; the official provider also takes the certificate itself.
function certificates(found: Found | undefined): readonly string[] | undefined {
  if (!found) return undefined;
  if (found.value.includes("-----BEGIN CERTIFICATE-----")) return [found.value];
  try {
    return [readFileSync(found.value, "utf8")];
  } catch (cause) {
    throw new AuditError("ERR_CONFIG", `${found.origin} names a file that cannot be read: ${found.value}.`, {
      cause,
    });
  }
}

function proxyOf(env: Environment): Config["proxy"] {
  const first = (...names: readonly string[]) => names.map((name) => env[name]).find(Boolean);
  const proxy = {
    http: first("http_proxy", "HTTP_PROXY"),
    https: first("https_proxy", "HTTPS_PROXY"),
    no: first("no_proxy", "NO_PROXY"),
  };
  return proxy.http || proxy.https ? proxy : undefined;
}
