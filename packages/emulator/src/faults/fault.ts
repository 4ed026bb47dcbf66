import type { Dialect } from "../http/problem.ts";
import type { Api, Conventions } from "../http/request.ts";

/**
 * One irregularity: the upper half says which requests it meets, the lower half what happens to them. Everything in
 * the lower half can be combined; if several faults meet one request, the later one wins field by field.
 */
export interface Fault {
  /** Kinds of request. Default: the five queries. */
  on?: Api | "all" | readonly Api[];
  /** Only paths that contain this text. */
  path?: string;
  /** Only requests with these query values. */
  query?: Record<string, string>;
  /** The first matching request that is met, from 1. Default 1. */
  nth?: number;
  /** How many matching requests are met from then on. Default: all. */
  times?: number;

  /** Waits before the answer [ms]. */
  delayMs?: number;
  /** What becomes of the connection. `refuse` closes the port at once, for `forMs` or until the faults are cleared. */
  connection?: ConnectionFault;
  /** How long `refuse` lasts [ms]. */
  forMs?: number;
  /** Sends the body in pieces of `bytes`, one every `everyMs`. */
  drip?: { bytes: number; everyMs: number };

  /** Answers with this status instead of asking the API. */
  status?: number;
  /** What stands in the body then; default an error in the dialect `error_code`. Without `status` the status is 200. */
  body?: Dialect | "nested" | "base64" | "html" | "null" | "list" | "empty" | { text: string; type?: string };
  /** Vendor code and message of such an error. */
  code?: string;
  /** As `code`. */
  message?: string;
  /** Added to the answer; `{url}` stands for the emulator, `{target}` for the path and query asked. */
  headers?: Record<string, string>;
  /** `Retry-After`: as it is, or the HTTP date so many seconds after the server's clock. */
  retryAfter?: string | { dateInSeconds: number };

  /** Compresses the body, rightly or with damaged bytes. */
  encoding?: "gzip" | "gzip-damaged";
  /** Half the body: against its `Content-Length`, without the last chunk, or well sent but half a JSON text. */
  truncate?: "length" | "chunked" | "json";
  /** Spaces after the body [byte]. */
  padBytes?: number;

  /** The reported total: left out, another value, or moved by a number, once or more with every request met. */
  total?: "absent" | { value: unknown } | { add: number } | { addEach: number };
  /** Largest page the server gives, whatever is asked. */
  pageCap?: number;
  /** The page before once more, or one without rows. */
  pages?: "repeat" | "empty";
  /** Changes every row. */
  rows?: "big-integers" | "integer-ids" | "no-ids" | "extra-fields" | "null-fields";
  /** Server order and window convention. */
  order?: Conventions["order"];
  /** As `order`. */
  window?: Conventions["window"];

  /** Before the answer, adds so many new records to the list asked for, or removes so many of its oldest. */
  insert?: number;
  /** As `insert`. */
  remove?: number;

  /** The server's clock is ahead by this [ms]: `Date` and the check of signatures. */
  clockSkewMs?: number;
  /** All tokens and temporary keys issued so far are expired. */
  expireTokens?: boolean;
  /** Refuses what is more than this in one second, with `status` or 429. */
  perSecond?: number;
  /** Refuses what is more than this at once, with `status` or 429. */
  concurrent?: number;
}

/** `reset` and `close` end it without an answer (RST, FIN), the others after a part of one; `hang` keeps it open. */
export type ConnectionFault =
  | "refuse"
  | "reset"
  | "close"
  | "reset-in-headers"
  | "reset-after-headers"
  | "reset-in-body"
  | "hang"
  | "hang-after-headers"
  | "hang-in-body";

/** A fault that was injected. */
export interface InjectedFault {
  /** The fault, as it was given. */
  readonly fault: Fault;
  /** Requests it has met. */
  readonly hits: number;
  /** Takes it away again; after `refuse`, once the port is open. */
  remove(): Promise<void>;
}
