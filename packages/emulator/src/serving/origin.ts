import type { IncomingHttpHeaders } from "node:http";

const ownNames: readonly string[] = ["127.0.0.1", "localhost", "[::1]"];

/**
 * Why a request is not answered, by the headers that a browser cannot be made to forge; undefined where it is. A `Host`
 * that is none of this machine's names may be a page behind a rebound DNS name. An `Origin` other than the emulator's
 * own, also one on another port of this machine, is a page of somebody else's.
 *
 * @param hosts - Further host names that are answered.
 */
export function originProblem(headers: IncomingHttpHeaders, hosts: readonly string[]): string | undefined {
  const { host = "", origin } = headers;
  const name = nameOf(host);
  if (name === undefined || ![...ownNames, ...hosts.map((own) => own.toLowerCase())].includes(name))
    return `the emulator answers under ${[...ownNames, ...hosts].join(", ")}, not under the Host that was sent`;
  const site = headers["sec-fetch-site"];
  const foreignSite = site !== undefined && site !== "same-origin" && site !== "none";
  if (foreignSite || (origin !== undefined && origin.toLowerCase() !== `http://${host.toLowerCase()}`))
    return "the emulator answers programs, not pages of another origin";
  return undefined;
}

function nameOf(host: string): string | undefined {
  // A URL would also take a user, a path and other spellings of an address; a Host has none of these.
  const match = /^(\[[0-9a-f:]+\]|[a-z0-9_.-]+)(?::\d{1,5})?$/i.exec(host);
  return match?.[1]?.toLowerCase();
}
