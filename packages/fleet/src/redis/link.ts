import { AuditError } from "@auditgate/core";
import { Redis } from "ioredis";
import type { RedisAddress } from "./address.ts";

/** A connection to Redis that waits while Redis is away, and says so. */
export interface Link {
  readonly redis: Redis;
  /**
   * The result of work that uses the connection.
   *
   * @throws {AuditError} `ERR_CONNECTION` where Redis was away for too long, `ERR_UNAUTHENTICATED` where it does not
   *   accept who asks; whatever the work itself throws.
   */
  during<Result>(work: Promise<Result>): Promise<Result>;
  close(): void;
}

/** Commands wait for their answer as long as Redis is away: who waits for how long is decided here alone. */
const WAIT_MS = 1_000;

/** How Redis says that it does not accept who asks. */
const REFUSED = /^(?:WRONGPASS|NOAUTH|NOPERM|ERR invalid (?:username-)?password)/;

/** What does not become right by waiting: who is there is not who should be. */
const UNTRUSTED = /CERT|SIGNATURE|ERR_TLS/;

/**
 * Connects to Redis.
 *
 * @param awayMs - How long Redis may be away.
 * @param say - Told in one line that Redis is away, and that it is there again.
 */
export function openLink({ name, options }: RedisAddress, awayMs: number, say: (line: string) => void): Link {
  const redis = new Redis({
    ...options,
    maxRetriesPerRequest: null,
    retryStrategy: (times) => Math.min(times * 100, WAIT_MS),
  });
  let away: NodeJS.Timeout | undefined;
  let said = false;
  let closed = false;
  const { promise: failed, reject } = Promise.withResolvers<never>();
  // Whoever does not wait for it at the moment need not hear of it.
  failed.catch(() => undefined);
  const waiting = (reason: string) => {
    if (closed) return;
    if (!said) say(`${name} is away (${reason}): waiting, at most ${awayMs / 1000} s`);
    said = true;
    away ??= setTimeout(() => {
      const text = `Redis at ${name} was away for ${awayMs / 1000} s (${reason}).`;
      reject(new AuditError("ERR_CONNECTION", text));
    }, awayMs);
  };
  redis.on("error", (error: NodeJS.ErrnoException) => {
    if (REFUSED.test(error.message)) {
      const [code = ""] = error.message.split(" ");
      reject(
        new AuditError(
          "ERR_UNAUTHENTICATED",
          `Redis at ${name} does not accept the user or password (${code}).`,
        ),
      );
    } else if (UNTRUSTED.test(error.code ?? "")) {
      reject(
        new AuditError(
          "ERR_CONNECTION",
          `The certificate of Redis at ${name} is not trusted (${error.code}).`,
        ),
      );
    } else waiting(error.code ?? error.message);
  });
  redis.on("close", () => waiting("the connection has ended"));
  redis.on("ready", () => {
    clearTimeout(away);
    away = undefined;
    if (said) say(`${name} is there again`);
    said = false;
  });
  return {
    redis,
    during: (work) => Promise.race([work, failed]),
    close() {
      closed = true;
      clearTimeout(away);
      redis.disconnect();
    },
  };
}
