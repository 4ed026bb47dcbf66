import type { SliceJob } from "../agreed/slice-job.ts";
import type { RunFile } from "./run-file.ts";

/** The jobs of a run in the order of its plan, whatever was asked so far: the truth about what has to be there in the end. */
export function jobsOf({ run, version, keepMs, plan }: RunFile): readonly SliceJob[] {
  return plan.targets
    .flatMap(({ slices }) => slices)
    .map((slice, index): SliceJob => ({ run, index, version, keepMs, slice }));
}
