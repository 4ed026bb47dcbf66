import { randomUUID } from "node:crypto";
import { AuditError, isAuditError, type SliceOptions } from "@auditgate/core";
import { type Job, Worker } from "bullmq";
import type { Redis } from "ioredis";
import type { Keys } from "../agreed/keys.ts";
import { type Presence, PRESENT_EVERY_MS } from "../agreed/presence.ts";
import type { Seal } from "../agreed/seal.ts";
import { JOB, resultOf, type SliceJob, type SliceResult } from "../agreed/slice-job.ts";
import { VERSION } from "../agreed/version.ts";
import { isThere, type Judge, judgeJob } from "./judge-job.ts";
import { fillSlots } from "./slots.ts";

/** How a worker works. */
export interface Working extends Judge, Pick<SliceOptions, "logger" | "onWait"> {
  readonly redis: Redis;
  readonly keys: Keys;
  readonly seal: Seal;
  readonly presence: Presence;
  readonly policyDigest: string;
  /** Slices that it judges at once. */
  readonly slots: number;
  /** How long a job belongs to a worker that says nothing [ms]. */
  readonly lockMs: number;
  /** How often it is looked whose jobs have stalled [ms]. */
  readonly stalledMs: number;
  /** How often a job may stall before it is dropped; the coordinator asks for it again. */
  readonly stalledCount: number;
  readonly signal: AbortSignal;
  say(line: string): void;
}

/** How long nothing is asked where no queue had anything [ms]. */
const IDLE_MS = 300;

/** Judges slices until it is stopped. */
export async function work(options: Working): Promise<void> {
  const { redis, keys, presence, policy, policyDigest, drafts, id, name, signal } = options;
  const targets = policy.targets?.map((target) => target.name) ?? [null];
  const queues = targets.map((target) => {
    const worker = new Worker<{ readonly sealed: string }>(keys.queue(target, policyDigest, VERSION), null, {
      connection: redis,
      prefix: keys.prefix,
      autorun: false,
      name,
      lockDuration: options.lockMs,
      stalledInterval: options.stalledMs,
      maxStalledCount: options.stalledCount,
    });
    // The connection says what is wrong with it.
    worker.on("error", () => undefined);
    worker.startStalledCheckTimer().catch(() => undefined);
    return worker;
  });
  const figures = { judging: 0, judged: 0 };
  const attend = async () => {
    await presence.say("workers", id, { name, version: VERSION, policyDigest, ...figures });
    await drafts.removeLeft();
  };
  await attend();
  // Neither is worth more than another try.
  const present = setInterval(() => void attend().catch(() => undefined), PRESENT_EVERY_MS);
  try {
    const take = async (queue: Worker<{ readonly sealed: string }>) => {
      const token = randomUUID();
      const job = await queue.getNextJob(token, { block: false });
      if (!job) return undefined;
      return async () => {
        figures.judging++;
        try {
          if (await judged(job, token, options)) figures.judged++;
        } finally {
          figures.judging--;
        }
      };
    };
    await fillSlots(queues, options.slots, take, IDLE_MS, signal);
  } finally {
    clearInterval(present);
    await presence.leave("workers", id);
    await Promise.all(queues.map((queue) => queue.close(true)));
  }
}

/** Judges one job; false where it was none of ours, or somebody else has done it already. */
async function judged(
  job: Job<{ readonly sealed: string }>,
  token: string,
  options: Working,
): Promise<boolean> {
  const { redis, keys, seal, folder, signal } = options;
  const text = seal.open(JOB, job.data?.sealed);
  const slice = text === undefined ? undefined : (JSON.parse(text) as SliceJob);
  const problem = slice ? misfit(slice, options) : "was not asked for by a coordinator of this key";
  if (!slice || problem !== undefined) {
    options.say(`job ${JSON.stringify(job.id)} ${problem}: it is dropped`);
    await finished(job.moveToFailed(new Error("refused"), token));
    return false;
  }
  const renewing = setInterval(() => {
    // Who has lost the lock goes on all the same: what is done twice changes nothing.
    job.extendLock(token, options.lockMs).catch(() => undefined);
  }, options.lockMs / 2);
  try {
    const key = keys.result(slice);
    const before = seal.open(resultOf(slice), await redis.get(key));
    if (before !== undefined && isThere(folder, slice, JSON.parse(before) as SliceResult)) {
      await finished(job.moveToCompleted(null, token, false));
      return false;
    }
    const result = await judgeJob(options, slice, options);
    if (!result) {
      await finished(job.moveToWait(token));
      return false;
    }
    await redis.set(key, seal.close(resultOf(slice), JSON.stringify(result)), "PX", slice.keepMs);
    await finished(job.moveToCompleted(null, token, false));
    return true;
  } catch (error) {
    if (signal.aborted || (isAuditError(error) && error.code === "ERR_ABORTED")) {
      await finished(job.moveToWait(token));
      return false;
    }
    if (isAuditError(error)) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new AuditError("ERR_ARGUMENT", `The folder ${folder} cannot be used: ${reason}.`, { cause: error });
  } finally {
    clearInterval(renewing);
  }
}

/** Queues are named after policy and version, so that a worker only sees what is for it; what it sees is looked at all the same. */
function misfit({ version, slice }: SliceJob, { policyDigest }: Working): string | undefined {
  if (version !== VERSION) return `is of version ${version}, and this worker of ${VERSION}`;
  if (slice.policyDigest !== policyDigest) return "is of another policy";
  return undefined;
}

/** Ends a job. Whose lock has gone, or whose answer was lost, finds that somebody else has ended it: so it is ended. */
async function finished(ending: Promise<unknown>): Promise<void> {
  await ending.catch(() => undefined);
}
