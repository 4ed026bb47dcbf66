import { createHash } from "node:crypto";
import { join } from "node:path";
import type { SliceJob } from "./slice-job.ts";

/** Where a run keeps what does not lie in Redis: its plan, and of each slice the verdict and the evidence. */
export function runFolder(folder: string, run: string): string {
  return join(folder, run);
}

/** Path of a slice's verdict; beside it, ending with `.evidence.jsonl`, lies the evidence. Equal verdicts are one file. */
export function verdictPath(folder: string, { run, index, slice }: SliceJob, digest: string): string {
  const { target } = slice;
  const name = [target ?? "place", index, digest.slice(0, 16)].join(".");
  return join(runFolder(folder, run), `${name}.verdict.json`);
}

/** Path of the evidence beside a verdict. */
export function evidenceBeside(verdict: string): string {
  return verdict.replace(/\.verdict\.json$/, ".evidence.jsonl");
}

/** SHA-256 of a text [hex]. */
export function digestOfText(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
