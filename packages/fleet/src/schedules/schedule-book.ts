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
  outcome(name: string): Promise<Outcome | undefined>;
  conclude(name: string, outcome: Outcome): Promise<void>;
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
    outcome: async (name) => opened(`outcome ${name}`, await redis.hget(outcomes, name)),
    async conclude(name, outcome) {
      await redis.hset(outcomes, name, seal.close(`outcome ${name}`, JSON.stringify(outcome)));
    },
    begun: async (jobId) => opened(`begun ${jobId}`, await redis.get(begunKey(jobId))),
    async begin(jobId, run, keepMs) {
      await redis.set(begunKey(jobId), seal.close(`begun ${jobId}`, JSON.stringify(run)), "PX", keepMs);
    },
  };
}
