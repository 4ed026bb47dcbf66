import type { Client } from "../client.ts";
import { AuditError } from "../errors.ts";
import type { Answered, Asked, Subject } from "./subjects.ts";

/** The service's time, as well as it is known. */
export interface ServiceClock {
  /** Milliseconds since 1970-01-01 UTC. */
  now(): number;
  /** Learns what time it was just now. */
  set(now: number): void;
}

/** A clock that shows what the client believes, until it is set; from then on it needs no other clock's time. */
export function createServiceClock(client: Client): ServiceClock {
  let origin: number | undefined;
  return {
    now: () => (origin === undefined ? client.connection.now() : origin + performance.now()),
    set: (now) => (origin = now - performance.now()),
  };
}

/** How wrong the time may have been that a window was made from [ms]. */
const TOLERANCE_MS = 10_000;

/**
 * Asks one query about one subject. The first window rests on the machine's clock; where the answer shows that this
 * was wrong, the question is asked anew with the service's time.
 *
 * @throws {AuditError} `ERR_ABORTED` where the caller has stopped it; every other one is part of the result.
 */
export async function askOnce(
  client: Client,
  subject: Subject,
  clock: ServiceClock,
  signal: AbortSignal,
): Promise<Asked> {
  let told: number | null = null;
  for (let attempts = 1; ; attempts++) {
    const started = performance.now();
    const believed = clock.now();
    const args = subject.argumentsAt(believed);
    const wrongBy = (now: number) => Math.abs(now - (believed + performance.now() - started));
    try {
      const answered = await subject.ask(client, args, { signal, told });
      const { servedAt } = answered.reading;
      if (!subject.windowed || servedAt === undefined || wrongBy(servedAt) <= TOLERANCE_MS)
        return { args, answered };
      if (answered.reading.dates.problem) return { args, answered };
      if (attempts > 1) return { args, answered: leaping(answered, wrongBy(servedAt)) };
      clock.set(servedAt);
      told = answered.reading.total;
    } catch (error) {
      if (!AuditError.is(error) || error.code === "ERR_ABORTED") throw error;
      // A refused signature may have corrected the client's clock in the meantime.
      if (!subject.windowed || attempts > 1 || wrongBy(clock.now()) <= TOLERANCE_MS) return { args, error };
    }
  }
}

/** An answer that was just now told another time than the one before. */
function leaping(answered: Answered, byMs: number): Answered {
  const dates = { ...answered.reading.dates, problem: { kind: "apart", byMs } as const };
  return { ...answered, reading: { ...answered.reading, dates } };
}
