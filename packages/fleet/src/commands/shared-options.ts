import { UsageError } from "@auditgate/cli/parts";
import { redisAddress } from "../redis/address.ts";
import { type Link, openLink } from "../redis/link.ts";
import { createKeys, type Keys } from "../agreed/keys.ts";
import { createPresence, type Presence } from "../agreed/presence.ts";
import { createSeal, type Seal } from "../agreed/seal.ts";

/** Options of every command: where Redis is. */
export interface RedisCommandOptions {
  readonly redis?: string;
  readonly redisCa?: string;
  /** How long Redis may be away [ms]. */
  readonly redisWait: number;
  readonly prefix: string;
}

/** What every command works with. */
export interface Estate {
  readonly link: Link;
  readonly keys: Keys;
  readonly seal: Seal;
  readonly presence: Presence;
}

/**
 * Connects to Redis as the command line and the environment say, works, and leaves.
 *
 * @throws {UsageError} For an address or key that is missing or none; whatever the work throws.
 */
export async function inEstate<Result>(
  options: RedisCommandOptions,
  work: (estate: Estate) => Promise<Result>,
): Promise<Result> {
  const { AUDITGATE_FLEET_KEY, AUDITGATE_FLEET_REDIS, AUDITGATE_FLEET_REDIS_PASSWORD } = process.env;
  if (!/^[\w-]{1,64}$/.test(options.prefix)) {
    throw new UsageError("--prefix must be letters, digits, _ and -, at most 64");
  }
  const address = redisAddress(
    options.redis ?? AUDITGATE_FLEET_REDIS,
    AUDITGATE_FLEET_REDIS_PASSWORD,
    options.redisCa,
  );
  const seal = createSeal(AUDITGATE_FLEET_KEY);
  const link = openLink(address, options.redisWait, sayAloud);
  const keys = createKeys(options.prefix);
  const presence = createPresence(link.redis, keys, seal);
  try {
    return await link.during(work({ link, keys, seal, presence }));
  } finally {
    link.close();
  }
}

/** A line for whoever looks on. */
export function sayAloud(line: string): void {
  process.stderr.write(`${line}\n`);
}
