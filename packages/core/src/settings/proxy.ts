import { BlockList, isIP } from "node:net";
import { domainToASCII } from "node:url";
import { AuditError } from "../errors.ts";
import { isLocal } from "./endpoints.ts";
import { hostOf } from "./host.ts";
import type { Environment, Found } from "./layer.ts";

/** A proxy to send requests through. */
export interface Proxy {
  /** Scheme, host and port, without a password. */
  readonly origin: string;
  /** `Basic …`, where the URL has a user. */
  readonly authorization: string | undefined;
  /** What must not be shown: the password, as it is written and as it is sent. */
  readonly secrets: readonly string[];
  /** The variable that names it. */
  readonly variable: string;
}

/** The proxy for an origin, undefined where none is used. */
export type ProxyOf = (origin: string) => Proxy | undefined;

/**
 * Proxies as Go programs read them from the environment: `HTTPS_PROXY` for https alone, small letters first, no scheme
 * means http, and what `NO_PROXY` names, this machine, and its metadata service are asked directly.
 *
 * The function that is returned throws `AuditError` with `ERR_CONFIG` for a proxy that cannot be used, naming the variable
 * and nothing of its value: a proxy that is not needed is not looked at.
 *
 * @see https://pkg.go.dev/golang.org/x/net/http/httpproxy
 */
export function proxiesOf(env: Environment): ProxyOf {
  const first = (...names: readonly string[]): Found | undefined =>
    names.flatMap((origin) => (env[origin]?.trim() ? [{ origin, value: env[origin].trim() }] : []))[0];
  const proxies: { readonly [protocol: string]: Found | undefined } = {
    "http:": first("http_proxy", "HTTP_PROXY"),
    "https:": first("https_proxy", "HTTPS_PROXY"),
  };
  const exceptions = (first("no_proxy", "NO_PROXY")?.value ?? "").split(",").flatMap(exceptionOf);
  return (origin) => {
    const url = new URL(origin);
    const { protocol, hostname, port } = url;
    const found = proxies[protocol];
    const host = hostOf(url);
    if (!found || isLocal(hostname) || isLoopback(host)) return undefined;
    const asked = { host, port: port || (protocol === "https:" ? "443" : "80") };
    return exceptions.some((isExcepted) => isExcepted(asked)) ? undefined : parseProxy(found);
  };
}

interface Asked {
  readonly host: string;
  readonly port: string;
}

type Exception = (asked: Asked) => boolean;

function exceptionOf(text: string): readonly Exception[] {
  const entry = text.trim().toLowerCase();
  if (entry === "") return [];
  if (entry === "*") return [() => true];
  const [, network = "", bits = ""] = /^(.+)\/(\d{1,3})$/.exec(entry) ?? [];
  if (isIP(network) && Number(bits) <= (isIP(network) === 4 ? 32 : 128)) {
    const list = new BlockList();
    list.addSubnet(network, Number(bits), familyOf(network));
    return [({ host }) => isIP(host) !== 0 && list.check(host, familyOf(host))];
  }
  const [name, port] = withPort(entry);
  if (name === "") return [];
  if (isIP(name)) {
    const list = new BlockList();
    list.addAddress(name, familyOf(name));
    return [
      (asked) => isIP(asked.host) !== 0 && list.check(asked.host, familyOf(asked.host)) && fits(asked, port),
    ];
  }
  const bare = name.startsWith("*.") ? name.slice(1) : name;
  const suffix = ascii(bare.startsWith(".") ? bare : `.${bare}`);
  const isExact = !bare.startsWith(".");
  return [
    (asked) =>
      isIP(asked.host) === 0 &&
      (asked.host.endsWith(suffix) || (isExact && asked.host === suffix.slice(1))) &&
      fits(asked, port),
  ];
}

function fits({ port }: Asked, wanted: string): boolean {
  return wanted === "" || wanted === port;
}

// An address of version 6 has colons of its own, and no port without brackets.
function withPort(entry: string): readonly [host: string, port: string] {
  const [, host, port] = /^(\[[^\]]*\]|[^:[\]]*):([^:]*)$/.exec(entry) ?? [undefined, entry, ""];
  return [
    host!.startsWith("[") && port !== undefined && host !== entry ? host!.slice(1, -1) : host!,
    port ?? "",
  ];
}

function ascii(name: string): string {
  // oxlint-disable-next-line no-control-regex -- what is ASCII is not touched
  return /^[\u0000-\u007f]*$/.test(name) ? name : domainToASCII(name.slice(1)).replace(/^/, ".");
}

function familyOf(address: string): "ipv4" | "ipv6" {
  return isIP(address) === 4 ? "ipv4" : "ipv6";
}

function isLoopback(host: string): boolean {
  return host === "::1" || /^::ffff:(?:127\.|7f)/.test(host);
}

function parseProxy({ value, origin: variable }: Found): Proxy {
  const text = /^[a-z][a-z0-9+.-]*:\/\//i.test(value) ? value : `http://${value}`;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const refuse = (problem: string) => new AuditError("ERR_CONFIG", `${variable} ${problem}.`);
  if (!url?.hostname) throw refuse("is no address of a proxy, such as http://proxy.example.com:3128");
  if (url.protocol !== "http:" && url.protocol !== "https:") {
    throw refuse(
      `names a proxy that speaks ${url.protocol.slice(0, -1)}: only http and https proxies can be used`,
    );
  }
  const user = decoded(url.username);
  const password = decoded(url.password);
  return {
    origin: url.origin,
    authorization:
      user || password ? `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}` : undefined,
    secrets: [url.password, password, `${user}:${password}`].filter((each) => each.replace(":", "") !== ""),
    variable,
  };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
