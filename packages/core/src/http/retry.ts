import type { StandardRetryStrategy } from "@smithy/util-retry";
import type { AuditError } from "../errors.ts";
import { tryParseHttpDate } from "../instant.ts";

/** What may be done after a failed attempt. */
export type Verdict =
  /** Trying again cannot help. */
  | "final"
  /** Trying again may help. */
  | "transient"
  /** The service asks to slow down. */
  | "throttled";

/** Longest wait that a `Retry-After` of a service that fails can cause [ms]; one that throttles is obeyed. */
export const RETRY_AFTER_CAP_MS = 5000;

/** Whether an error of one attempt is worth another one. */
export function verdictOn(error: AuditError): Verdict {
  switch (error.code) {
    case "ERR_THROTTLED":
      return "throttled";
    case "ERR_SERVER":
      // 501 and the like are the server's last word.
      if (error.status === 503) return "throttled";
      return error.status === undefined || [500, 502, 504].includes(error.status) || error.status < 500
        ? "transient"
        : "final";
    case "ERR_CONNECTION":
    case "ERR_TIMEOUT":
      return "transient";
    default:
      return "final";
  }
}

/**
 * Wait before the next attempt [ms]: full jitter from 100 ms doubling, or half a second to a second doubling
 * where the service asked to slow down (its limits are counted by the second).
 *
 * @param failures - Failed attempts so far, from 1.
 * @param random - A number from 0 to 1.
 */
export function backoffMs(verdict: Verdict, failures: number, random: number): number {
  const ceiling = Math.min(20_000, (verdict === "throttled" ? 1000 : 100) * 2 ** (failures - 1));
  return verdict === "throttled" ? ceiling / 2 + (random * ceiling) / 2 : random * ceiling;
}

/**
 * Milliseconds that a `Retry-After` header asks for, or undefined where it is absent, past or garbage.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#field.retry-after
 */
export function retryAfterMs(header: string | undefined, now: number): number | undefined {
  if (header === undefined) return undefined;
  const text = header.trim();
  const wait = /^\d+(?:\.\d+)?$/.test(text) ? Number(text) * 1000 : (tryParseHttpDate(text) ?? NaN) - now;
  return wait > 0 ? wait : undefined;
}

type RetryToken = Awaited<ReturnType<StandardRetryStrategy["acquireInitialRetryToken"]>>;

/** Permission to try again, out of a budget that all calls of one client share. */
export interface RetryBudget {
  /** One call's account. */
  open(): RetryAccount;
}

/** @see {@link RetryBudget} */
export interface RetryAccount {
  /** False where the attempts of this call, or the client's budget, are used up. */
  draw(): Promise<boolean>;
  /** Gives back to the budget. */
  succeeded(): void;
}

/**
 * The token bucket of `@smithy/util-retry`: 500 tokens, 14 a retry, so that 1,000 calls into an outage make some
 * 35 retries in all. Its own waits cannot be aborted, so they are set to zero and {@link backoffMs} is used.
 */
export function retryBudget(attempts: number): RetryBudget {
  let loading: Promise<void> | undefined;
  let bucket: Bucket | undefined;
  const load = async () => {
    const { StandardRetryStrategy } = await import("@smithy/util-retry");
    const strategy = new StandardRetryStrategy({
      maxAttempts: attempts,
      backoff: { setDelayBase() {}, computeNextBackoffDelay: () => 0 },
    });
    bucket = { strategy, fresh: await strategy.acquireInitialRetryToken("") };
  };
  return {
    open() {
      let token: RetryToken | undefined;
      return {
        async draw() {
          // Loaded by the first failure, for that takes a sixth of the time that loading everything takes.
          await (loading ??= load());
          const { strategy, fresh } = bucket!;
          try {
            token = await strategy.refreshRetryTokenForRetry(token ?? fresh, { errorType: "TRANSIENT" });
            return true;
          } catch {
            return false;
          }
        },
        // Before the first failure the bucket is full.
        succeeded: () => bucket?.strategy.recordSuccess(token ?? bucket.fresh),
      };
    },
  };
}

interface Bucket {
  readonly strategy: StandardRetryStrategy;
  /** Token of a call that has not failed yet. */
  readonly fresh: RetryToken;
}
