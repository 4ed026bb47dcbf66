import {
  createProgress,
  type ExitCode,
  exitCodeOf,
  interrupted,
  readPolicy,
  render,
  UsageError,
  type VerdictFormat,
  writeOutput,
} from "@auditgate/cli/parts";
import { type FleetVerdict, planFleet, policyDigestOf, type PolicyFile } from "@auditgate/core";
import { collect } from "../coordinator/collect.ts";
import { createCompany } from "../coordinator/company.ts";
import { createQuestions } from "../coordinator/questions.ts";
import { newRunId, readRun, type RunFile, writeRun } from "../coordinator/run-file.ts";
import type { Seal } from "../agreed/seal.ts";
import { VERSION } from "../agreed/version.ts";
import { type Estate, inEstate, type RedisCommandOptions, sayAloud } from "./shared-options.ts";

/** Options of `run`. */
export interface RunOptions extends RedisCommandOptions {
  readonly folder: string;
  readonly resume?: string;
  readonly at?: string;
  readonly target?: readonly string[];
  /** Readings of a slice. */
  readonly slice: number;
  /** Slices of one target at once. */
  readonly concurrency: number;
  readonly tries: number;
  readonly patience: number;
  /** How long results are kept [ms]. */
  readonly keep: number;
  readonly format: VerdictFormat;
  readonly output?: string;
  readonly quiet?: boolean;
}

type Progress = Awaited<ReturnType<typeof createProgress>>;

/** Plans what a policy judges, has it judged by workers, and writes the verdict. */
export async function run(path: string, options: RunOptions): Promise<ExitCode> {
  const policy = await readPolicy(path);
  const progress = await createProgress(options.quiet ?? false);
  const signal = interrupted();
  try {
    const verdict = await inEstate(options, async (estate) => {
      // Before anything is listed: who cannot reach Redis need not ask a service.
      await estate.link.redis.ping();
      const file = await runFile(policy, options, estate.seal, progress, signal);
      sayAloud(`run ${file.run}, judged at ${file.plan.at}`);
      return await coordinated(file, options, estate, progress, signal);
    });
    progress.end();
    writeOutput(await render({ verdict, policy }, options.format), options.output);
    return exitCodeOf(verdict);
  } finally {
    progress.end();
  }
}

/** The run that is gone on with, or a new one. */
async function runFile(
  { policy }: PolicyFile,
  options: RunOptions,
  seal: Seal,
  progress: Progress,
  signal: AbortSignal,
): Promise<RunFile> {
  const { folder, resume, target, at, slice } = options;
  if (resume !== undefined) {
    if (at !== undefined || target !== undefined)
      throw new UsageError("--resume goes on with the run's own instant and targets");
    const file = readRun(folder, resume, seal);
    const { targets: _, ...rules } = policy;
    if (file.version !== VERSION)
      throw new UsageError(`run ${resume} is of version ${file.version}, and this is ${VERSION}`);
    if (file.plan.policyDigest !== policyDigestOf(rules)) {
      throw new UsageError(
        `run ${resume} is of a policy with the digest ${file.plan.policyDigest}, and this one has ${policyDigestOf(rules)}`,
      );
    }
    return file;
  }
  const plan = await planFleet(policy, {
    at: at ?? new Date().toISOString(),
    targets: target,
    sliceSize: slice,
    signal,
    logger: progress.logger,
    onWait: progress.wait,
  });
  const file = { run: newRunId(plan.at), version: VERSION, keepMs: options.keep, plan };
  writeRun(folder, file, seal);
  return file;
}

async function coordinated(
  file: RunFile,
  { folder, concurrency, tries, patience }: RunOptions,
  { link, keys, seal, presence }: Estate,
  progress: Progress,
  signal: AbortSignal,
): Promise<FleetVerdict> {
  const { redis } = link;
  const judged = new Map<string | null, number>();
  const subjects = new Map<string | null, number>();
  for (const { listed } of file.plan.targets) {
    subjects.set(listed.name, listed.subjects);
    judged.set(listed.name, listed.readings.length);
    progress.show({ target: listed.name, subjects: listed.subjects, judged: 0 });
  }
  const questions = createQuestions(redis, keys, seal, concurrency);
  const verdict = await collect(file, {
    redis,
    keys,
    seal,
    folder,
    presence,
    company: createCompany(presence, file, sayAloud),
    questions,
    tries,
    patienceMs: patience,
    signal,
    say: sayAloud,
    onDone({ slice }) {
      const { target } = slice;
      const done = (judged.get(target) ?? 0) + slice.subjects.length;
      judged.set(target, done);
      progress.show({ target, subjects: subjects.get(target) ?? 0, judged: done });
    },
  });
  await questions.close();
  await presence.leave("runs", file.run);
  return verdict;
}
