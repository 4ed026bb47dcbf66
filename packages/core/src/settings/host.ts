import { isIP } from "node:net";

/** The host of a URL as sockets take it: an IPv6 address without its brackets. */
export function hostOf({ hostname }: Pick<URL, "hostname">): string {
  return hostname.replace(/^\[|\]$/g, "");
}

/** The name that a TLS handshake asks for: none for an address, of which Node.js warns and which Bun refuses. */
export function serverNameOf(host: string): string {
  return isIP(host) === 0 ? host : "";
}
