import { randomUUID } from "node:crypto";
import { AuditError, isAuditError, type SliceOptions } from "@auditgate/core";
import type { Job, Worker } from "bullmq";
import { type Presence, PRESENT_EVERY_MS } from "../agreed/presence.ts";
import type { Seal } from "../agreed/seal.ts";
import { JOB, resultOf, type SliceJob, type SliceResult } from "../agreed/slice-job.ts";
import { ended, keep, openQueue, type Taking } from "../agreed/taken-jobs.ts";
import { VERSION } from "../agreed/version.ts";
import { isThere, type Judge, judgeJob } from "./judge-job.ts";
import { fillSlots } from "./slots.ts";

/** How a worker works. */
export interface Working extends Judge, Taking, Pick<SliceOptions, "logger" | "onWait"> {
  readonly seal: Seal;
  readonly presence: Presence;
  readonly policyDigest: string;
  /** Slices that it judges at once. */
  readonly slots: number;
  readonly signal: AbortSignal;
  say(line: string): void;
}

/** What a job holds: a slice, sealed. */
interface Sealed {
  readonly sealed: string;
}

/** How long nothing is asked where no queue had anything [ms]. */
const IDLE_MS = 300;

/** Judges slices until it is stopped. */
export async function work(options: Working): Promise<void> {
  const { keys, presence, policy, policyDigest, drafts, id, name, signal } = options;
  const targets = policy.targets?.map((target) => target.name) ?? [null];
  const queues = targets.map((target) =>
    openQueue<Sealed>(keys.queue(target, policyDigest, VERSION), options),
  );
  const figures = { judging: 0, judged: 0 };
  const attend = async () => {
    await presence.say("workers", id, { name, version: VERSION, policyDigest, ...figures });
    await drafts.removeLeft();
  };
  await attend();
  // Neither is worth more than another try.
  const present = setInterval(() => void attend().catch(() => undefined), PRESENT_EVERY_MS);
  try {
    const take = async (queue: Worker<Sealed>) => {
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
async function judged(job: Job<Sealed>, token: string, options: Working): Promise<boolean> {
  const { redis, keys, seal, folder, signal } = options;
  const text = seal.open(JOB, job.data?.sealed);
  const slice = text === undefined ? undefined : (JSON.parse(text) as SliceJob);
  const problem = slice ? misfit(slice, options) : "was not asked for by a coordinator of this key";
  if (!slice || problem !== undefined) {
    options.say(`job ${JSON.stringify(job.id)} ${problem}: it is dropped`);
    await ended(job.moveToFailed(new Error("refused"), token));
    return false;
  }
  const release = keep(job, token, options);
  try {
    const key = keys.result(slice);
    const before = seal.open(resultOf(slice), await redis.get(key));
    if (before !== undefined && isThere(folder, slice, JSON.parse(before) as SliceResult)) {
      await ended(job.moveToCompleted(null, token, false));
      return false;
    }
    const result = await judgeJob(options, slice, options);
    if (!result) {
      await ended(job.moveToWait(token));
      return false;
    }
    await redis.set(key, seal.close(resultOf(slice), JSON.stringify(result)), "PX", slice.keepMs);
    await ended(job.moveToCompleted(null, token, false));
    return true;
  } catch (error) {
    if (signal.aborted || (isAuditError(error) && error.code === "ERR_ABORTED")) {
      await ended(job.moveToWait(token));
      return false;
    }
    if (isAuditError(error)) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new AuditError("ERR_ARGUMENT", `The folder ${folder} cannot be used: ${reason}.`, { cause: error });
  } finally {
    release();
  }
}

/** Queues are named after policy and version, so that a worker only sees what is for it; what it sees is looked at all the same. */
function misfit({ version, slice }: SliceJob, { policyDigest }: Working): string | undefined {
  if (version !== VERSION) return `is of version ${version}, and this worker of ${VERSION}`;
  if (slice.policyDigest !== policyDigest) return "is of another policy";
  return undefined;
}
