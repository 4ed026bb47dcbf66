import { type Job, Worker } from "bullmq";
import type { Redis } from "ioredis";
import type { Keys } from "./keys.ts";

/** Who takes jobs, and how long they are its own. */
export interface Taking {
  readonly redis: Redis;
  readonly keys: Keys;
  /** What messages and results call the worker. */
  readonly name: string;
  /** How long a job belongs to a worker that says nothing [ms]. */
  readonly lockMs: number;
  /** How often it is looked whose jobs have stalled [ms]. */
  readonly stalledMs: number;
  /** How often a job may stall before it is dropped; who has asked for it asks again. */
  readonly stalledCount: number;
}

/** Opens a queue whose jobs are taken by hand. */
export function openQueue<Data>(
  queue: string,
  { redis, keys, name, lockMs, stalledMs, stalledCount }: Taking,
): Worker<Data> {
  const worker = new Worker<Data>(queue, null, {
    connection: redis,
    prefix: keys.prefix,
    autorun: false,
    name,
    lockDuration: lockMs,
    stalledInterval: stalledMs,
    maxStalledCount: stalledCount,
  });
  // The connection says what is wrong with it.
  worker.on("error", () => undefined);
  worker.startStalledCheckTimer().catch(() => undefined);
  return worker;
}

/**
 * Renews the lock of a job that is worked on. Who has lost it goes on all the same: what is done twice changes nothing.
 *
 * @returns Renews it no more.
 */
export function keep(job: Job, token: string, { lockMs }: Taking): () => void {
  const renewing = setInterval(() => {
    job.extendLock(token, lockMs).catch(() => undefined);
  }, lockMs / 2);
  return () => clearInterval(renewing);
}

/** Ends a job. Whose lock has gone, or whose answer was lost, finds that somebody else has ended it: so it is ended. */
export async function ended(ending: Promise<unknown>): Promise<void> {
  await ending.catch(() => undefined);
}
