import { randomUUID } from "node:crypto";
import { hostname } from "node:os";
import { createProgress, EXIT, type ExitCode, interrupted, readPolicy } from "@auditgate/cli/parts";
import { digestOfRules } from "../agreed/policy-digest.ts";
import { attend } from "../schedules/attend.ts";
import { createClockwork } from "../schedules/clockwork.ts";
import { createScheduleBook } from "../schedules/schedule-book.ts";
import { createDrafts } from "../worker/drafts.ts";
import { work as judgeSlices } from "../worker/work.ts";
import { inEstate, type RedisCommandOptions, sayAloud } from "./shared-options.ts";

/** Options of `work`. */
export interface WorkOptions extends RedisCommandOptions {
  readonly folder: string;
  readonly name?: string;
  readonly slots: number;
  /** How long a slice belongs to a worker that says nothing [ms]. */
  readonly lock: number;
  /** How often it is looked who says nothing [ms]. */
  readonly stalledEvery: number;
  readonly stalledCount: number;
}

/** Judges slices, and coordinates what schedules of the same policy are due for, until it is stopped. */
export async function work(path: string, options: WorkOptions): Promise<ExitCode> {
  const policy = await readPolicy(path);
  const { logger } = await createProgress(true);
  const policyDigest = digestOfRules(policy.policy);
  const name = options.name ?? `${hostname()}.${process.pid}`;
  const signal = interrupted();
  await inEstate(options, async ({ link, keys, seal, presence }) => {
    const { redis } = link;
    await redis.ping();
    sayAloud(`worker ${name}, policy ${policyDigest.slice(0, 16)}`);
    const common = {
      redis,
      keys,
      seal,
      presence,
      policyDigest,
      folder: options.folder,
      name,
      lockMs: options.lock,
      stalledMs: options.stalledEvery,
      stalledCount: options.stalledCount,
      signal,
      logger,
      say: sayAloud,
    };
    const drafts = createDrafts(options.folder, seal.nameOf(options.prefix), presence);
    const clockwork = createClockwork(redis, keys);
    await Promise.all([
      judgeSlices({
        ...common,
        policy: policy.policy,
        drafts,
        // Of this process alone, whatever others are called.
        id: randomUUID(),
        slots: options.slots,
      }),
      attend({ ...common, policy, clockwork, book: createScheduleBook(redis, keys, seal) }),
    ]);
    await clockwork.close();
  });
  return signal.aborted ? EXIT.stopped : EXIT.passed;
}
