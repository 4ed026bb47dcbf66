import type { SliceJob } from "./slice-job.ts";

/** Where in Redis everything of one estate lies. */
export interface Keys {
  /** BullMQ's prefix: all other keys begin with it too. */
  readonly prefix: string;
  /** Name of the queue of a target, for runs of one policy and workers of one version. */
  queue(target: string | null, policyDigest: string, version: string): string;
  /** Where the result of a slice is. */
  result(job: Pick<SliceJob, "run" | "index">): string;
  /** Name of the queue of runs that schedules of a policy are due for. */
  dueRuns(policyDigest: string): string;
  /** Where schedules are, what came of them, and which runs they have begun. */
  kept(what: "schedules" | "outcomes" | "begun"): string;
  /** Where runs or workers are that are there at the moment. */
  present(what: "runs" | "workers"): string;
}

/** Keys below a prefix. */
export function createKeys(prefix: string): Keys {
  return {
    prefix,
    queue: (target, policyDigest, version) =>
      ["slices", target ?? "", policyDigest.slice(0, 16), version].join("/"),
    result: ({ run, index }) => `${prefix}:results:${run}.${index}`,
    dueRuns: (policyDigest) => `runs/${policyDigest.slice(0, 16)}`,
    kept: (what) => `${prefix}:${what}`,
    present: (what) => `${prefix}:${what}`,
  };
}
