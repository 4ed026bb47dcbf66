import { createHash } from "node:crypto";
import type { FleetSlice } from "@auditgate/core";

/** A slice that is to be judged. Names, ids, an instant and digests: all that lies in Redis about it. */
export interface SliceJob {
  /** Id of the run. */
  readonly run: string;
  /** Which slice of the run, from 0. */
  readonly index: number;
  /** Version of the coordinator. */
  readonly version: string;
  /** How long its result is kept [ms]. */
  readonly keepMs: number;
  readonly slice: FleetSlice;
}

/** What a worker says of a slice: how much it was, by which rules it is closed, and the digests of what lies in the folder. */
export interface SliceResult {
  /** Name of the worker. */
  readonly worker: string;
  /** Number of readings. */
  readonly readings: number;
  /** Number of records in all of them. */
  readonly records: number;
  /** Number of violations by the id of the rule. */
  readonly violations: { readonly [ruleId: string]: number };
  /** SHA-256 of the slice's evidence [hex]. */
  readonly evidenceDigest: string;
  /** SHA-256 of the file that has its verdict [hex]. */
  readonly verdictDigest: string;
}

/** What a job is sealed for. */
export const JOB = "job";

/** What a result is sealed for: this very job. */
export function resultOf(job: SliceJob): string {
  return `result ${createHash("sha256").update(JSON.stringify(job)).digest("hex")}`;
}

/** BullMQ's id of a job: a slice that is asked for again is the same job. */
export function jobId({ run, index }: Pick<SliceJob, "run" | "index">): string {
  return `${run}.${index}`;
}
