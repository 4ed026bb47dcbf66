import { evaluateFleet, type Shard } from "@auditgate/core";
import type { ExitCode } from "../exit-code.ts";
import type { VerdictFormat } from "../formats/names.ts";
import { render } from "../formats/render.ts";
import { interrupted } from "../interrupted.ts";
import { exitCodeOf } from "../judged.ts";
import { judgedTrails } from "../judged-trails.ts";
import { writeOutput } from "../output.ts";
import { createProgress } from "../progress/progress.ts";
import { readPolicy } from "../policy/policy-argument.ts";
import { keepHeapSmall } from "../small-heap.ts";

/** Options of `check`. */
export interface CheckOptions {
  readonly format: VerdictFormat;
  readonly output?: string;
  readonly evidence?: string;
  readonly replaceEvidence?: boolean;
  readonly target?: readonly string[];
  readonly shard?: Shard;
  readonly at?: string;
  readonly quiet?: boolean;
}

/** Judges everything that a policy names, and writes the verdict. */
export async function check(path: string, options: CheckOptions): Promise<ExitCode> {
  const policy = await readPolicy(path);
  keepHeapSmall(policy.policy);
  const progress = await createProgress(options.quiet ?? false);
  const trails = options.format === "html" ? judgedTrails() : undefined;
  try {
    const verdict = await evaluateFleet(policy.policy, {
      targets: options.target,
      shard: options.shard,
      at: options.at,
      evidenceFile: options.evidence,
      replaceEvidence: options.replaceEvidence,
      signal: interrupted(),
      logger: progress.logger,
      onProgress: progress.show,
      onWait: progress.wait,
      onTrail: trails?.add,
    });
    progress.end();
    writeOutput(await render({ verdict, policy, trails }, options.format), options.output);
    return exitCodeOf(verdict);
  } finally {
    progress.end();
  }
}
