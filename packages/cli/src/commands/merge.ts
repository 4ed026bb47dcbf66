import { mergeVerdicts } from "@auditgate/core";
import type { ExitCode } from "../exit-code.ts";
import type { VerdictFormat } from "../formats/names.ts";
import { render } from "../formats/render.ts";
import { exitCodeOf } from "../judged.ts";
import { writeOutput } from "../output.ts";
import { readVerdict } from "../verdict-file.ts";
import { readPolicy } from "../policy/policy-argument.ts";

/** Options of `merge`. */
export interface MergeOptions {
  readonly format: VerdictFormat;
  readonly output?: string;
  readonly policy?: string;
}

/** Puts the verdicts of all shards together, and writes the one that they make. */
export async function merge(files: readonly string[], options: MergeOptions): Promise<ExitCode> {
  const policy = options.policy === undefined ? undefined : await readPolicy(options.policy);
  const verdict = mergeVerdicts(await Promise.all(files.map(readVerdict)));
  writeOutput(await render({ verdict, policy }, options.format), options.output);
  return exitCodeOf(verdict);
}
