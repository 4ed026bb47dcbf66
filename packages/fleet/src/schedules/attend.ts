import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { exitCodeOf, explain, render, writeOutput } from "@auditgate/cli/parts";
import type { FleetVerdict, PolicyFile, SliceOptions } from "@auditgate/core";
import type { Job } from "bullmq";
import { runFolder } from "../agreed/folder.ts";
import { ended, keep, openQueue, type Taking } from "../agreed/taken-jobs.ts";
import { begunRun, beginRun } from "../coordinator/begin-run.ts";
import { coordinate, type Coordinating } from "../coordinator/coordinate.ts";
import type { RunFile } from "../coordinator/run-file.ts";
import type { Clockwork } from "./clockwork.ts";
import { type Outcome, type Schedule, violationsText } from "./schedule.ts";
import type { ScheduleBook } from "./schedule-book.ts";

/** How a worker attends to schedules. */
export interface Attending
  extends
    Taking,
    Pick<Coordinating, "seal" | "presence" | "folder" | "signal" | "say">,
    Pick<SliceOptions, "logger" | "onWait"> {
  readonly book: ScheduleBook;
  readonly clockwork: Clockwork;
  readonly policy: PolicyFile;
  readonly policyDigest: string;
}

/** How often it is looked what is due [ms]. */
const LOOK_EVERY_MS = 500;

/** How often it is looked whether each schedule is wound [ms]. */
const WIND_EVERY_MS = 15_000;

/** Coordinates the runs of schedules whenever one is due, until it is stopped. */
export async function attend(options: Attending): Promise<void> {
  const { keys, policyDigest, signal } = options;
  const due = openQueue(keys.dueRuns(policyDigest), options);
  const unwound = createUnwound(options);
  let wound = -Infinity;
  try {
    while (!signal.aborted) {
      const token = randomUUID();
      const job = await due.getNextJob(token, { block: false });
      if (job) await attendTo(job, token, options);
      else await wait(LOOK_EVERY_MS, undefined, { signal }).catch(() => undefined);
      if (performance.now() - wound > WIND_EVERY_MS) {
        wound = performance.now();
        await unwound();
      }
    }
  } finally {
    await due.close(true);
  }
}

/**
 * Winds schedules that nothing waits for, as a Redis that has lost a second leaves them. Not at the first look: one that is
 * due in this moment is between its job and the next one.
 */
function createUnwound({ book, clockwork, policyDigest, say }: Attending): () => Promise<void> {
  let suspects = new Set<string>();
  return async () => {
    const before = suspects;
    suspects = new Set();
    for (const schedule of await book.list()) {
      if (schedule.policyDigest !== policyDigest || (await clockwork.nextMs(schedule)) !== undefined)
        continue;
      if (before.has(schedule.name)) {
        say(`schedule ${schedule.name} is not in its queue any more: it is put there again`);
        await clockwork.wind(schedule);
      } else suspects.add(schedule.name);
    }
  };
}

async function attendTo(job: Job, token: string, options: Attending): Promise<void> {
  const { book, clockwork, signal, say } = options;
  const name = job.repeatJobKey ?? "";
  const schedule = await book.find(name);
  if (!schedule || schedule.policyDigest !== options.policyDigest) {
    say(`job ${JSON.stringify(job.id)} is of no schedule of this key and policy: it is dropped`);
    await ended(job.moveToFailed(new Error("refused"), token));
    return;
  }
  const release = keep(job, token, options);
  try {
    const found = await judged(schedule, job.id ?? "", options);
    if (signal.aborted) {
      await ended(job.moveToWait(token));
      return;
    }
    const nextMs = (await clockwork.nextMs(schedule)) ?? null;
    await book.conclude(schedule, { ...found, worker: options.name, nextMs });
    await ended(job.moveToCompleted(null, token, false));
  } finally {
    release();
  }
}

type Found = Omit<Outcome, "worker" | "nextMs">;

/** Judges what is due; whatever keeps it from that is what came of it. */
async function judged(schedule: Schedule, jobId: string, options: Attending): Promise<Found> {
  const { name } = schedule;
  let file: RunFile | undefined;
  try {
    file = await fileOf(schedule, jobId, options);
    options.say(`run ${file.run} of schedule ${name}, judged at ${file.plan.at}`);
    const verdict = await coordinate(file, { ...schedule, ...options });
    await writeVerdict(verdict, file, options);
    const exitCode = exitCodeOf(verdict);
    const violations = verdict.targets.reduce((sum, each) => sum + each.violations.length, 0);
    options.say(
      `run ${file.run} of schedule ${name}: ${verdict.passed ? "passed" : violationsText(violations)}`,
    );
    return { run: file.run, at: file.plan.at, exitCode, violations, problem: null };
  } catch (error) {
    const { text, code: exitCode } = explain(error, "auditgate-fleet");
    if (!options.signal.aborted) options.say(`schedule ${name} has no verdict: ${text}`);
    // No text of a service: what it says stays with the worker.
    const problem = `worker ${options.name} says why`;
    return { run: file?.run ?? null, at: file?.plan.at ?? null, exitCode, violations: 0, problem };
  }
}

/** The run that somebody has begun who is there no more, or a new one. */
async function fileOf(schedule: Schedule, jobId: string, options: Attending): Promise<RunFile> {
  const { book, policy, folder, seal, signal, logger, onWait, say } = options;
  const begun = await book.begun(jobId);
  if (begun !== undefined) {
    try {
      return begunRun(policy.policy, begun, folder, seal);
    } catch (error) {
      say(`run ${begun} is begun anew: ${explain(error, "auditgate-fleet").text}`);
    }
  }
  const file = await beginRun(policy.policy, {
    folder,
    seal,
    keepMs: schedule.keepMs,
    at: new Date().toISOString(),
    targets: schedule.targets,
    sliceSize: schedule.slice,
    signal,
    logger,
    onWait,
  });
  await book.begin(jobId, file.run, schedule.keepMs);
  return file;
}

/** The verdict in both forms, for programs and for people, beside its slices. */
async function writeVerdict(
  verdict: FleetVerdict,
  { run }: RunFile,
  { folder, policy }: Attending,
): Promise<void> {
  writeOutput(await render({ verdict, policy }, "json"), join(runFolder(folder, run), "verdict.json"));
  writeOutput(await render({ verdict, policy }, "text"), join(runFolder(folder, run), "verdict.txt"));
}
