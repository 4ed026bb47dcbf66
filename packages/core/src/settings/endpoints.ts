import { AuditError } from "../errors.ts";
import type { Found } from "./layer.ts";

/** The services that requests go to. */
export type ServiceName = "dws" | "dds" | "iam";

// DWS alone lives under another domain in these regions of Huawei Cloud.
const DWS_CN_REGIONS = new Set(["cn-south-4", "cn-north-12", "cn-east-4", "tr-west-1", "ap-southeast-4"]);

const HUAWEI = "myhuaweicloud.com";
const HUAWEI_EUROPE = "myhuaweicloud.eu";
const OTC = "otc.t-systems.com";
const OTC_SWISS = "sc.otc.t-systems.com";

/** Base domain of the cloud that a region belongs to. */
export function cloudOf(region: string): string {
  if (region === "eu-de" || region === "eu-nl") return OTC;
  if (region === "eu-ch2") return OTC_SWISS;
  if (region === "eu-west-101") return HUAWEI_EUROPE;
  return HUAWEI;
}

/** Whether the documents of a cloud's DWS have a parameter for enterprise projects; Huawei Cloud's do. */
export function hasEnterpriseProjects(cloud: string | undefined): boolean {
  return cloud !== OTC && cloud !== OTC_SWISS;
}

/** The region's own endpoint of a service. */
export function endpointOf(service: ServiceName, region: string, cloud: string): string {
  if (cloud === OTC_SWISS && service === "iam") return `https://iam-pub.${region}.${cloud}`;
  const domain =
    cloud === HUAWEI && service === "dws" && DWS_CN_REGIONS.has(region) ? "myhuaweicloud.cn" : cloud;
  return `https://${service}.${region}.${domain}`;
}

/**
 * Origin of an endpoint that a user wrote: a host with or without scheme and port. A trailing `/v3` (as in
 * `OS_AUTH_URL`) is dropped, any other path is refused, for the paths belong to the queries.
 *
 * @throws {AuditError} `ERR_CONFIG` if it is no such thing, or plain http to another machine.
 */
export function parseEndpoint(found: Found): string {
  return parseOrigin(found, isLoopback);
}

/** The same for the machine's metadata service, which is asked by plain http at a link-local address. */
export function parseMetadataEndpoint(found: Found): string {
  return parseOrigin(found, isLocal);
}

function parseOrigin({ value, origin }: Found, mayBePlain: (hostname: string) => boolean): string {
  const refuse = (why: string) => new AuditError("ERR_CONFIG", `${origin} ${why}`);
  const text = /^[a-z][a-z0-9+.-]*:\/\//i.test(value) ? value : `https://${value}`;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (/[{}]/.test(value)) throw refuse("has a template with {…} in it, which nothing fills in.");
  // What stands there is never quoted: a password can be in any part of it.
  if (!url?.hostname) throw refuse("must be a URL such as https://iam.eu-de.otc.t-systems.com.");
  if (url.username || url.password) throw refuse("must not hold a user name or password.");
  if (url.protocol !== "https:" && !(url.protocol === "http:" && mayBePlain(url.hostname))) {
    throw refuse("must use https; plain http is for this machine's own addresses only.");
  }
  if (!/^\/(?:v3(?:\.0)?\/?)?$/.test(url.pathname) || url.search || url.hash) {
    throw refuse("must be scheme, host and port without a path.");
  }
  return url.origin;
}

/** True for the addresses of this machine. */
function isLoopback(hostname: string): boolean {
  return hostname === "localhost" || hostname === "[::1]" || /^127(?:\.\d{1,3}){3}$/.test(hostname);
}

/** True for hosts that no proxy can reach: this machine, and its metadata service. */
export function isLocal(hostname: string): boolean {
  return isLoopback(hostname) || /^169\.254(?:\.\d{1,3}){2}$/.test(hostname);
}
