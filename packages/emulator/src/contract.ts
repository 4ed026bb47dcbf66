import type { EmulatorData } from "./data/data.ts";
import type { Fault, InjectedFault } from "./faults/fault.ts";
import type { Api, Caller } from "./http/request.ts";
import type { IdTokenOptions } from "./data/id-token-options.ts";

/** How to start an emulator; everything has a default. */
export interface EmulatorOptions {
  /** Default 0: a free one. */
  port?: number;
  /** Default: the generated data set, ending at the start of the current hour. */
  data?: EmulatorData;
  /** Injected from the start. */
  faults?: readonly Fault[];
  /** Added to every answer of the APIs [ms]. */
  latencyMs?: number;
  /** Host names it answers under besides 127.0.0.1, localhost and [::1], as for a proxy in front of it. Default: none. */
  hosts?: readonly string[];
  /** The emulator's clock. Default: the machine's. */
  now?: () => Date;
  /** Lifetime of tokens that IAM issues [s]. Default 24 hours. */
  tokenSeconds?: number;
  /** Called before every request to the APIs is answered; may change the data. */
  onRequest?: (data: EmulatorData, request: RequestLog) => void;
  /** Called with one line per request. Default: nothing. */
  log?: (line: string) => void;
}

/** A running emulator. */
export interface Emulator {
  /** One origin for DWS, DDS and IAM. */
  readonly url: string;
  /** Environment variables that point any auditgate program at this emulator. */
  readonly env: Record<string, string>;
  /** The emulator's clock [ms since 1970-01-01 UTC]. */
  now(): number;
  /** The live data; change it through `update`. */
  readonly data: EmulatorData;
  /** The last 100,000 requests to the APIs, oldest first. */
  readonly requests: RequestLog[];
  /** Changes the data while it runs; a data set that is returned replaces it. */
  update(change: (data: EmulatorData) => EmulatorData | void): void;
  /** A token of a CI system or cluster (OpenID Connect) that IAM exchanges for one of its own. */
  issueIdToken(options?: IdTokenOptions): string;
  /** Makes requests meet a fault, until it is removed. */
  inject(fault: Fault): InjectedFault;
  /** Removes all faults; after `refuse`, settles once the port is open again. */
  clearFaults(): Promise<void>;
  /** Back to the data it was started with; faults, sessions and the request log are dropped. */
  reset(): Promise<void>;
  /** Ends all connections at once. */
  close(): Promise<void>;
}

/** What was asked. Holds no secret: no headers, no bodies. */
export interface RequestLog {
  /** Which kind of request it was. */
  api: Api;
  /** HTTP method. */
  method: string;
  /** Path as received, without the query. */
  path: string;
  /** Parameters of the query, decoded. */
  query: Record<string, string>;
  /** 0 as long as none was sent. */
  status: number;
  /** How the caller proved who he is; `none` if he did not, or not rightly. */
  auth: Caller["auth"] | "none";
}
