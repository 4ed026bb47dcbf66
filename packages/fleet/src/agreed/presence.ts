import type { Redis } from "ioredis";
import type { Keys } from "./keys.ts";
import type { Seal } from "./seal.ts";

/** A worker that is there; its id is one of this very process. */
export interface PresentWorker {
  /** What its user calls it; others may be called the same. */
  readonly name: string;
  readonly version: string;
  readonly policyDigest: string;
  /** Slices that it judges at the moment, and has judged. */
  readonly judging: number;
  readonly judged: number;
}

/** A run that is there; its id is its name. */
export interface PresentRun {
  readonly version: string;
  readonly policyDigest: string;
  /** Instant that it is judged at. */
  readonly at: string;
  readonly slices: number;
  readonly done: number;
}

/** What is there at the moment. */
export interface Present<Facts> {
  readonly id: string;
  readonly facts: Facts;
  /** How long ago it last said so, by the clock of Redis [ms]. */
  readonly seenMs: number;
}

interface Kinds {
  readonly workers: PresentWorker;
  readonly runs: PresentRun;
}

/** How often one says that one is there [ms]. */
export const PRESENT_EVERY_MS = 5_000;

/** Who has not said so for that long is gone [ms]. */
export const GONE_MS = 3 * PRESENT_EVERY_MS;

/** Who is there, for whoever looks: it decides nothing. */
export interface Presence {
  say<Kind extends keyof Kinds>(kind: Kind, id: string, facts: Kinds[Kind]): Promise<void>;
  leave(kind: keyof Kinds, id: string): Promise<void>;
  /** Those that were there within `ms`; who was not is forgotten. */
  list<Kind extends keyof Kinds>(kind: Kind, ms: number): Promise<readonly Present<Kinds[Kind]>[]>;
}

/** Presence in one hash for each kind. */
export function createPresence(redis: Redis, keys: Keys, seal: Seal): Presence {
  const now = async () => {
    const [seconds, microseconds] = await redis.time();
    return Number(seconds) * 1000 + Math.floor(Number(microseconds) / 1000);
  };
  return {
    async say(kind, id, facts) {
      const text = JSON.stringify({ facts, seen: await now() });
      await redis.hset(keys.present(kind), id, seal.close(`${kind} ${id}`, text));
    },
    async leave(kind, id) {
      await redis.hdel(keys.present(kind), id);
    },
    async list<Kind extends keyof Kinds>(kind: Kind, ms: number) {
      const [entries, at] = await Promise.all([redis.hgetall(keys.present(kind)), now()]);
      const found = Object.entries(entries).flatMap(([id, sealed]): Present<Kinds[Kind]>[] => {
        const text = seal.open(`${kind} ${id}`, sealed);
        if (text === undefined) return [];
        // Of this key, so of this program.
        const { facts, seen } = JSON.parse(text) as { facts: Kinds[Kind]; seen: number };
        return [{ id, facts, seenMs: at - seen }];
      });
      const gone = found.filter(({ seenMs }) => seenMs > ms).map(({ id }) => id);
      if (gone.length > 0) await redis.hdel(keys.present(kind), ...gone);
      return found.filter(({ seenMs }) => seenMs <= ms);
    },
  };
}
