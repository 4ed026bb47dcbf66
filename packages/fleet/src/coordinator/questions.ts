import { Queue } from "bullmq";
import type { Redis } from "ioredis";
import type { Keys } from "../agreed/keys.ts";
import type { Seal } from "../agreed/seal.ts";
import { JOB, jobId, type SliceJob } from "../agreed/slice-job.ts";

/** The queues of a run, one for each target. */
export interface Questions {
  /** Asks for slices; those that are asked for already stay as they are. */
  ask(jobs: readonly SliceJob[]): Promise<void>;
  /** Of these, the jobs that no queue has. */
  missing(jobs: readonly SliceJob[]): Promise<readonly SliceJob[]>;
  /** Leaves nothing of queues that are empty. */
  close(): Promise<void>;
}

/** What BullMQ keeps of what has happened in a queue, which nobody here reads. */
const EVENTS = 10;

/**
 * @param concurrency - Slices of one target that are judged at once, by all workers together.
 */
export function createQuestions(redis: Redis, keys: Keys, seal: Seal, concurrency: number): Questions {
  const queues = new Map<string, Queue>();
  const queueOf = ({ slice, version }: SliceJob) => {
    const name = keys.queue(slice.target, slice.policyDigest, version);
    const queue =
      queues.get(name) ??
      new Queue(name, {
        connection: redis,
        prefix: keys.prefix,
        streams: { events: { maxLen: EVENTS } },
        // The result is kept beside it, and a job that is gone can be asked for again.
        defaultJobOptions: { removeOnComplete: true, removeOnFail: true, stackTraceLimit: 0 },
      });
    if (!queues.has(name)) {
      // The connection says what is wrong with it.
      queue.on("error", () => undefined);
      queues.set(name, queue);
    }
    return queue;
  };
  return {
    async ask(jobs) {
      for (const [queue, own] of Map.groupBy(jobs, queueOf)) {
        await queue.setGlobalConcurrency(concurrency);
        await queue.addBulk(
          own.map((job) => ({
            name: "slice",
            data: { sealed: seal.close(JOB, JSON.stringify(job)) },
            opts: { jobId: jobId(job) },
          })),
        );
      }
    },
    async missing(jobs) {
      const there = await Promise.all(jobs.map((job) => redis.exists(queueOf(job).toKey(jobId(job)))));
      return jobs.filter((_, index) => there[index] === 0);
    },
    async close() {
      for (const queue of queues.values()) {
        if ((await queue.count()) === 0 && (await queue.getActiveCount()) === 0) await queue.obliterate();
        await queue.close();
      }
    },
  };
}
