import type { AuditError } from "../errors.ts";

/** Holds requests back: at most so many at once, fewer and later while the service asks to slow down. */
export interface Pace {
  /** Waits for a place. The signal's reason is thrown if it is aborted first. */
  enter(signal: AbortSignal): Promise<Place>;
  /** Requests that it lets in at once by now. */
  readonly width: number;
  /** Requests that have succeeded so far: progress, where another request is being throttled. */
  readonly successes: number;
  /** Why requests are held back: the latest wish to slow down that no success has followed. */
  readonly refusal: AuditError | undefined;
}

/** A place among the requests under way. */
export interface Place {
  leave(outcome: "succeeded" | "failed"): void;
  /** The service asked to slow down: halves the requests at once and holds all of them back for `waitMs`. */
  throttled(waitMs: number, refusal: AuditError): void;
}

// A service that allows few at once is met with few refusals, one that allows many is asked as many soon.
const FIRST_WIDTH = 8;

/**
 * Requests at once grow by one with every success until the service first asks to slow down (slow start), then by
 * one in as many; being asked to slow down halves them and holds all of them back. So a service that counts
 * requests at once and one that counts them by the second are both read to the end.
 *
 * @param limit - Most requests at once.
 */
export function createPace(limit: number, now: () => number = () => performance.now()): Pace {
  let width = Math.min(limit, FIRST_WIDTH);
  let throttledOnce = false;
  let active = 0;
  let successes = 0;
  let resumeAt = 0;
  let round = 0;
  let refusal: AuditError | undefined;
  let timer: NodeJS.Timeout | undefined;
  const queue: (() => void)[] = [];

  const wholeWidth = () => Math.max(1, Math.floor(width));

  function admit(): void {
    const wait = resumeAt - now();
    if (wait > 0 && queue.length > 0) {
      timer ??= setTimeout(() => {
        timer = undefined;
        admit();
      }, wait);
      return;
    }
    while (active < wholeWidth() && queue.length > 0) {
      active++;
      queue.shift()?.();
    }
  }

  function place(): Place {
    // Requests sent before the last slow-down say nothing new when they are refused too.
    const enteredIn = round;
    return {
      leave(outcome) {
        active--;
        if (outcome === "succeeded") {
          successes++;
          refusal = undefined;
          width = Math.min(limit, width + (throttledOnce ? 1 / width : 1));
        }
        admit();
      },
      throttled(waitMs, error) {
        refusal = error;
        if (enteredIn !== round) return;
        round++;
        throttledOnce = true;
        width = Math.max(1, width / 2);
        resumeAt = now() + waitMs;
      },
    };
  }

  return {
    get width() {
      return wholeWidth();
    },
    get successes() {
      return successes;
    },
    get refusal() {
      return refusal;
    },
    enter(signal) {
      return new Promise((resolve, reject) => {
        signal.throwIfAborted();
        const start = () => {
          signal.removeEventListener("abort", giveUp);
          resolve(place());
        };
        const giveUp = () => {
          queue.splice(queue.indexOf(start), 1);
          if (queue.length === 0) {
            clearTimeout(timer);
            timer = undefined;
          }
          reject(signal.reason);
        };
        signal.addEventListener("abort", giveUp, { once: true });
        queue.push(start);
        admit();
      });
    },
  };
}
