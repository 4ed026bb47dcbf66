import { randomBytes } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { writeOutput } from "@auditgate/cli/parts";
import { type FleetPolicy, judgeSlice, type SliceOptions, type TargetVerdict } from "@auditgate/core";
import { digestOfText, evidenceBeside, runFolder, verdictPath } from "../agreed/folder.ts";
import type { SliceJob, SliceResult } from "../agreed/slice-job.ts";

/**
 * Judges a slice, and leaves its verdict and evidence in the folder: whole, under names that follow from what they are,
 * so that whoever judges it a second time changes nothing.
 *
 * @throws {AuditError} As `judgeSlice`; an error of Node.js where the folder cannot be written.
 */
export async function judgeJob(
  policy: FleetPolicy,
  job: SliceJob,
  worker: string,
  folder: string,
  options: Pick<SliceOptions, "signal" | "logger" | "onWait">,
): Promise<SliceResult> {
  mkdirSync(runFolder(folder, job.run), { recursive: true, mode: 0o700 });
  const draft = join(runFolder(folder, job.run), `${randomBytes(8).toString("hex")}.draft`);
  try {
    const verdict = await judgeSlice(policy, job.slice, { ...options, evidenceFile: draft });
    const text = `${JSON.stringify(verdict)}\n`;
    const digest = digestOfText(text);
    const path = verdictPath(folder, job, digest);
    renameSync(draft, evidenceBeside(path));
    writeOutput(text, path);
    return { worker, ...figures(verdict), verdictDigest: digest };
  } finally {
    rmSync(draft, { force: true });
  }
}

/** Whether what a result vouches for is in the folder. */
export function isThere(folder: string, job: SliceJob, { verdictDigest }: SliceResult): boolean {
  try {
    return digestOfText(readFileSync(verdictPath(folder, job, verdictDigest), "utf8")) === verdictDigest;
  } catch {
    return false;
  }
}

function figures({
  readings,
  violations,
  evidenceDigest,
}: TargetVerdict): Omit<SliceResult, "worker" | "verdictDigest"> {
  const byRule = Map.groupBy(violations, ({ ruleId }) => ruleId);
  return {
    readings: readings.length,
    records: readings.reduce((sum, { count }) => sum + count, 0),
    violations: Object.fromEntries([...byRule].map(([rule, those]) => [rule, those.length])),
    evidenceDigest,
  };
}
