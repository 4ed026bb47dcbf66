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
import { begunRun, beginRun } from "../coordinator/begin-run.ts";
import { coordinate } from "../coordinator/coordinate.ts";
import { inEstate, type RedisCommandOptions, sayAloud } from "./shared-options.ts";

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

/** Plans what a policy judges, has it judged by workers, and writes the verdict. */
export async function run(path: string, options: RunOptions): Promise<ExitCode> {
  const { folder, resume, at, target, concurrency, tries } = options;
  const policy = await readPolicy(path);
  const progress = await createProgress(options.quiet ?? false);
  const signal = interrupted();
  try {
    const verdict = await inEstate(options, async ({ link, ...estate }) => {
      // Before anything is listed: who cannot reach Redis need not ask a service.
      await link.redis.ping();
      if (resume !== undefined && (at !== undefined || target !== undefined))
        throw new UsageError("--resume goes on with the run's own instant and targets");
      const { seal } = estate;
      const file =
        resume === undefined
          ? await beginRun(policy.policy, {
              folder,
              seal,
              keepMs: options.keep,
              at: at ?? new Date().toISOString(),
              targets: target,
              sliceSize: options.slice,
              signal,
              logger: progress.logger,
              onWait: progress.wait,
            })
          : begunRun(policy.policy, resume, folder, seal);
      sayAloud(`run ${file.run}, judged at ${file.plan.at}`);
      return await coordinate(file, {
        redis: link.redis,
        ...estate,
        folder,
        concurrency,
        tries,
        patienceMs: options.patience,
        signal,
        say: sayAloud,
        onProgress: (name, judged, subjects) => progress.show({ target: name, subjects, judged }),
      });
    });
    progress.end();
    writeOutput(await render({ verdict, policy }, options.format), options.output);
    return exitCodeOf(verdict);
  } finally {
    progress.end();
  }
}
