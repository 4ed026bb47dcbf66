import type { Logger } from "../logger.ts";

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
