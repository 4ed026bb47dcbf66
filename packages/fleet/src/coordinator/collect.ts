import { setTimeout as wait } from "node:timers/promises";
import { AuditError, type FleetVerdict, joinSlices, type TargetVerdict } from "@auditgate/core";
import type { Redis } from "ioredis";
import type { Keys } from "../agreed/keys.ts";
import { type Presence, PRESENT_EVERY_MS } from "../agreed/presence.ts";
import type { Seal } from "../agreed/seal.ts";
import type { SliceJob } from "../agreed/slice-job.ts";
import type { Company } from "./company.ts";
import type { Questions } from "./questions.ts";
import { readResult } from "./read-result.ts";
import type { RunFile } from "./run-file.ts";
import { jobsOf } from "./slices.ts";

/** What a collection needs, and how patient it is. */
export interface Collecting {
  readonly redis: Redis;
  readonly keys: Keys;
  readonly seal: Seal;
  readonly folder: string;
  readonly presence: Presence;
  readonly company: Company;
  readonly questions: Questions;
  /** How often a slice is asked for. */
  readonly tries: number;
  /** How long nobody may be there who can judge [ms]. */
  readonly patienceMs: number;
  readonly signal: AbortSignal;
  say(line: string): void;
  /** Told of each slice that is done. */
  onDone(job: SliceJob): void;
}

/** How often Redis is asked for results [ms]. */
const LOOK_EVERY_MS = 250;

/** Results that are asked for in one command. */
const AT_ONCE = 500;

/**
 * Asks for every slice of a run until there is an authentic result of each, and puts them together.
 *
 * @throws {AuditError} `ERR_INCOMPLETE` where a slice was asked for too often, or nobody is there to judge;
 *   `ERR_ABORTED`.
 */
export async function collect(file: RunFile, options: Collecting): Promise<FleetVerdict> {
  const { redis, keys, questions, company, presence, signal } = options;
  const jobs = jobsOf(file);
  const left = new Map(jobs.map((job) => [job, 0]));
  const verdicts = new Map<SliceJob, TargetVerdict>();
  const again = async (job: SliceJob, reason: string) => {
    const tries = (left.get(job) ?? 0) + 1;
    const where = `slice ${job.index} of ${job.slice.target ?? "the place"}`;
    if (tries >= options.tries) {
      const text = `${where} was asked for ${tries} times: ${reason}. What it is about has not been judged.`;
      throw new AuditError("ERR_INCOMPLETE", text);
    }
    options.say(`${where} is asked for again: ${reason}`);
    left.set(job, tries);
    await redis.del(keys.result(job));
    await questions.ask([job]);
  };
  let looked = -Infinity;
  let alive = performance.now();
  await questions.ask(await unanswered(jobs, options));
  while (left.size > 0) {
    if (signal.aborted) {
      const text = `The run was stopped: run --resume ${file.run} goes on where it was.`;
      throw new AuditError("ERR_ABORTED", text);
    }
    const before = left.size;
    for (const { job, sealed } of await answered([...left.keys()], options)) {
      const read = await readResult(options.folder, job, sealed, options.seal);
      if ("refused" in read) await again(job, read.refused);
      else {
        verdicts.set(job, read.verdict);
        left.delete(job);
        options.onDone(job);
      }
    }
    const now = performance.now();
    if (left.size < before) alive = now;
    if (now - looked > PRESENT_EVERY_MS) {
      looked = now;
      const done = jobs.length - left.size;
      const { at, policyDigest } = file.plan;
      await presence.say("runs", file.run, {
        version: file.version,
        policyDigest,
        at,
        slices: jobs.length,
        done,
      });
      if (await company.look()) alive = now;
      const lost = await questions.missing([...left.keys()]);
      // Whoever was done meanwhile has left a result.
      for (const job of await unanswered(lost, options)) await again(job, "no queue has it any more");
    }
    if (left.size > 0 && now - alive > options.patienceMs) {
      const text = `Nobody was there to judge for ${options.patienceMs / 1000} s: start auditgate-fleet work with the same policy and version.`;
      throw new AuditError("ERR_INCOMPLETE", [text, ...company.misfits].join("\n"));
    }
    if (left.size > 0) await wait(LOOK_EVERY_MS);
  }
  return joined(file, jobs, verdicts);
}

async function answered(
  jobs: readonly SliceJob[],
  { redis, keys }: Collecting,
): Promise<readonly { readonly job: SliceJob; readonly sealed: string }[]> {
  const found: { job: SliceJob; sealed: string }[] = [];
  for (let from = 0; from < jobs.length; from += AT_ONCE) {
    const some = jobs.slice(from, from + AT_ONCE);
    const results = await redis.mget(some.map((job) => keys.result(job)));
    for (const [index, job] of some.entries()) {
      const sealed = results[index];
      if (typeof sealed === "string") found.push({ job, sealed });
    }
  }
  return found;
}

async function unanswered(jobs: readonly SliceJob[], options: Collecting): Promise<readonly SliceJob[]> {
  const done = new Set((await answered(jobs, options)).map(({ job }) => job));
  return jobs.filter((job) => !done.has(job));
}

function joined(
  { plan }: RunFile,
  jobs: readonly SliceJob[],
  verdicts: ReadonlyMap<SliceJob, TargetVerdict>,
): FleetVerdict {
  const inOrder = jobs.flatMap((job) => verdicts.get(job) ?? []);
  const byTarget = Map.groupBy(inOrder, ({ name }) => name);
  return joinSlices(
    plan,
    plan.targets.map(({ listed }) => byTarget.get(listed.name) ?? []),
  );
}
