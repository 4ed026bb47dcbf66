import type { Identity, State } from "../data/state.ts";

/** The kinds of requests the emulator answers, as faults and the request log name them. */
export type Api =
  | "dumps"
  | "parameters"
  | "logs"
  | "clusters"
  | "instances"
  | "tokens"
  | "projects"
  | "keys"
  | "metadata"
  | "container"
  | "unknown";

/** A request after its line was taken apart. */
export interface ApiRequest {
  id: string;
  method: string;
  /** Path and query as received. */
  target: string;
  /** Path as received. */
  path: string;
  /** Decoded as forms are, so that a raw `+` is a space; the first of several equal names counts. */
  query: ReadonlyMap<string, string>;
  headers: Record<string, string | string[] | undefined>;
  body: Buffer;
}

/** On whose behalf a request is made, and how that was proved. */
export interface Caller extends Identity {
  /** By a signature, or by a token. */
  auth: "signature" | "token";
  /** Set for tokens with a project scope. */
  projectId?: string;
}

/** How the server behaves beyond its data; faults change it for one request. */
export interface Conventions {
  /** Order of records; `as-is` is that of the data. */
  order: "as-is" | "newest" | "oldest";
  /** Which DDS logs a window selects. */
  window: WindowConvention;
  /** How far the gateway's clock is ahead of the emulator's [ms]. */
  skewMs: number;
}

/** Which DDS logs belong to a window: by their start, by their end, wholly inside, or touching it. */
export type WindowConvention =
  | "touching"
  | "overlapping"
  | "by-start"
  | "by-start-exclusive"
  | "by-end"
  | "contained";

/** What a handler gets. */
export interface Context {
  state: State;
  request: ApiRequest;
  /** Decoded variable parts of the path, in order. */
  params: readonly string[];
  caller: Caller | undefined;
  conventions: Conventions;
}

/** Decodes a query string the way servlets do. */
export function parseQuery(raw: string): Map<string, string> {
  const query = new Map<string, string>();
  for (const pair of raw.split("&")) {
    if (pair === "") continue;
    const equals = pair.indexOf("=");
    const name = decodeForm(equals < 0 ? pair : pair.slice(0, equals));
    if (!query.has(name)) query.set(name, equals < 0 ? "" : decodeForm(pair.slice(equals + 1)));
  }
  return query;
}

/** A header's only value; the first one if it was sent several times. */
export function header(request: ApiRequest, name: string): string | undefined {
  const value = request.headers[name];
  return Array.isArray(value) ? value[0] : value;
}

function decodeForm(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll("+", " "));
  } catch {
    return text;
  }
}
