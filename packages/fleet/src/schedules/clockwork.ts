import { getNextMillis, Queue } from "bullmq";
import type { Redis } from "ioredis";
import type { Keys } from "../agreed/keys.ts";
import type { Schedule } from "./schedule.ts";

/** BullMQ's schedulers, which make a job whenever a schedule is due. */
export interface Clockwork {
  /** Winds a schedule, anew where it is there already; of some interval it is due at once. */
  wind(schedule: Schedule): Promise<void>;
  stop(schedule: Pick<Schedule, "name" | "policyDigest">): Promise<void>;
  /** When it is due next [ms since 1970-01-01 UTC]; undefined where it is not wound, or nothing waits for that time. */
  nextMs(schedule: Pick<Schedule, "name" | "policyDigest">): Promise<number | undefined>;
  close(): Promise<void>;
}

/** Why a pattern of cron says no time; undefined where it does. */
export function cronProblem(pattern: string, timeZone: string): string | undefined {
  const fields = pattern.trim().split(/\s+/).length;
  // The parser takes what is missing for "always".
  if (!pattern.startsWith("@") && (fields < 5 || fields > 6))
    return "it must have 5 fields: minute, hour, day, month, weekday";
  try {
    return getNextMillis(Date.now(), { pattern, tz: timeZone }) === undefined ? "it never comes" : undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** Schedulers in a queue for each policy. */
export function createClockwork(redis: Redis, keys: Keys): Clockwork {
  const queues = new Map<string, Queue>();
  const queueOf = ({ policyDigest }: Pick<Schedule, "policyDigest">) => {
    const name = keys.dueRuns(policyDigest);
    const queue =
      queues.get(name) ??
      new Queue(name, { connection: redis, prefix: keys.prefix, streams: { events: { maxLen: 10 } } });
    if (!queues.has(name)) {
      // The connection says what is wrong with it.
      queue.on("error", () => undefined);
      queues.set(name, queue);
    }
    return queue;
  };
  return {
    async wind(schedule) {
      const { name, due } = schedule;
      const queue = queueOf(schedule);
      // Two runs of one policy would ask the same services at once.
      await queue.setGlobalConcurrency(1);
      await queue.upsertJobScheduler(
        name,
        "cron" in due ? { pattern: due.cron, tz: due.timeZone } : { every: due.everyMs },
        { name: "run", opts: { removeOnComplete: true, removeOnFail: true, stackTraceLimit: 0 } },
      );
    },
    async stop(schedule) {
      await queueOf(schedule).removeJobScheduler(schedule.name);
    },
    async nextMs(schedule) {
      const queue = queueOf(schedule);
      const next = (await queue.getJobScheduler(schedule.name))?.next;
      if (next === undefined) return undefined;
      const isThere = await redis.exists(queue.toKey(`repeat:${schedule.name}:${next}`));
      return isThere === 1 ? next : undefined;
    },
    async close() {
      await Promise.all([...queues.values()].map((queue) => queue.close()));
    },
  };
}
