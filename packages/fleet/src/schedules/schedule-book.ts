import type { Redis } from "ioredis";
import type { Keys } from "../agreed/keys.ts";
import type { Seal } from "../agreed/seal.ts";
import type { Outcome, Schedule } from "./schedule.ts";

/** The schedules of an estate, what has come of each, and which run is under way. Only who has the key can write them. */
export interface ScheduleBook {
  list(): Promise<readonly Schedule[]>;
  find(name: string): Promise<Schedule | undefined>;
  write(schedule: Schedule): Promise<void>;
  /** Forgets a schedule and what has come of it. */
  remove(name: string): Promise<void>;
  /** What came of it last; undefined where that was of another policy. */
  outcome(schedule: Schedule): Promise<Outcome | undefined>;
  conclude(schedule: Schedule, outcome: Outcome): Promise<void>;
  /** The run that was begun when a job was due. */
  begun(jobId: string): Promise<string | undefined>;
  begin(jobId: string, run: string, keepMs: number): Promise<void>;
}

/** A book in Redis. */
export function createScheduleBook(redis: Redis, keys: Keys, seal: Seal): ScheduleBook {
  const [schedules, outcomes] = [keys.kept("schedules"), keys.kept("outcomes")];
  const opened = <Value>(purpose: string, sealed: unknown) => {
    const text = seal.open(purpose, sealed);
    // Of this key, so of this program.
    return text === undefined ? undefined : (JSON.parse(text) as Value);
  };
  const begunKey = (jobId: string) => `${keys.kept("begun")}:${jobId}`;
  return {
    async list() {
      const entries = Object.entries(await redis.hgetall(schedules));
      return entries
        .flatMap(([name, sealed]) => opened<Schedule>(`schedule ${name}`, sealed) ?? [])
        .toSorted((a, b) => (a.name < b.name ? -1 : 1));
    },
    find: async (name) => opened(`schedule ${name}`, await redis.hget(schedules, name)),
    async write(schedule) {
      const { name } = schedule;
      await redis.hset(schedules, name, seal.close(`schedule ${name}`, JSON.stringify(schedule)));
    },
    async remove(name) {
      await redis.hdel(schedules, name);
      await redis.hdel(outcomes, name);
    },
    outcome: async (schedule) => opened(outcomeOf(schedule), await redis.hget(outcomes, schedule.name)),
    async conclude(schedule, outcome) {
      const sealed = seal.close(outcomeOf(schedule), JSON.stringify(outcome));
      await redis.hset(outcomes, schedule.name, sealed);
    },
    begun: async (jobId) => opened(`begun ${jobId}`, await redis.get(begunKey(jobId))),
    async begin(jobId, run, keepMs) {
      await redis.set(begunKey(jobId), seal.close(`begun ${jobId}`, JSON.stringify(run)), "PX", keepMs);
    },
  };
}

function outcomeOf({ name, policyDigest }: Schedule): string {
  return `outcome ${name} ${policyDigest}`;
}
