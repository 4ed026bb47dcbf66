import { harmless } from "./texts/harmless.ts";
import type { Redaction } from "./texts/redaction.ts";

/**
 * Where the client reports what it does; `console` fits. Messages and fields hold no secret: safe to paste into
 * an issue.
 */
export interface Logger {
  /** What a client does, for whoever looks for a cause. */
  debug(message: string, fields: LogFields): void;
  /** What a person should look at. */
  warn(message: string, fields: LogFields): void;
}

/** Facts of a log line: request ids, statuses, times [ms]. */
export interface LogFields {
  /** Names in camelCase; undefined is not known. */
  readonly [name: string]: string | number | boolean | undefined;
}

/** A logger that keeps nothing. */
export const silent: Logger = { debug() {}, warn() {} };

/** A logger whose lines hold no secret that `redact` knows, and nothing that a terminal obeys. */
export function redactedLogger(logger: Logger, { redact }: Pick<Redaction, "redact">): Logger {
  if (logger === silent) return logger;
  const safe = (text: string) => harmless(redact(text));
  const facts = (fields: LogFields): LogFields =>
    Object.fromEntries(
      Object.entries(fields).map(([name, value]) => [name, typeof value === "string" ? safe(value) : value]),
    );
  return {
    debug: (message, fields) => logger.debug(safe(message), facts(fields)),
    warn: (message, fields) => logger.warn(safe(message), facts(fields)),
  };
}

/** Waiting for a service that asks to slow down. */
export interface Waiting {
  /** Path of the request, without the query. */
  readonly path: string | undefined;
  /** How long it waits now [ms]. */
  readonly waitMs: number;
  /** How long it may go on in all [ms]. */
  readonly remainingMs: number;
  /** How often this request has been refused. */
  readonly failures: number;
}

/** Tells people why nothing seems to happen. */
export interface WaitReport {
  report(waiting: Waiting): void;
}

/** Shorter waits are not worth a word [ms]. */
const SHORTEST_MS = 1000;
/** Many requests wait at once, and again and again [ms]. */
const ONCE_IN_MS = 5000;

/** Reports to a logger, and to whoever shows a status; not more than once in five seconds. */
export function createWaitReport(
  logger: Logger,
  onWait: ((waiting: Waiting) => void) | undefined,
  now: () => number = () => performance.now(),
): WaitReport {
  let next = -Infinity;
  return {
    report(waiting) {
      if (waiting.waitMs < SHORTEST_MS || now() < next) return;
      next = now() + ONCE_IN_MS;
      const { path, failures } = waiting;
      const [waitMs, remainingMs] = [waiting.waitMs, waiting.remainingMs].map(Math.round);
      logger.warn("The service asks to slow down; reading goes on.", { path, waitMs, remainingMs, failures });
      onWait?.(waiting);
    },
  };
}
