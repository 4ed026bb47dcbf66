import { readFile } from "node:fs/promises";
import type { TargetVerdict } from "@auditgate/core";
import { digestOfText, verdictPath } from "../agreed/folder.ts";
import type { Seal } from "../agreed/seal.ts";
import { resultOf, type SliceJob, type SliceResult } from "../agreed/slice-job.ts";

/** What a slice's result comes to: its verdict, or why it does not count. */
export type ReadResult = { readonly verdict: TargetVerdict } | { readonly refused: string };

/** Reads what Redis has as the result of a job, and the verdict that it vouches for. */
export async function readResult(
  folder: string,
  job: SliceJob,
  sealed: string,
  seal: Seal,
): Promise<ReadResult> {
  const text = seal.open(resultOf(job), sealed);
  if (text === undefined) return { refused: "its result was not written by a worker of this key" };
  // Of this key, so of a worker.
  const { verdictDigest, worker } = JSON.parse(text) as SliceResult;
  const path = verdictPath(folder, job, verdictDigest);
  const found = await readFile(path, "utf8").catch(() => undefined);
  if (found === undefined) return { refused: `${path}, which ${worker} has written, is not there` };
  if (digestOfText(found) !== verdictDigest) return { refused: `${path} is not what ${worker} has written` };
  // Vouched for by its digest.
  return { verdict: JSON.parse(found) as TargetVerdict };
}
