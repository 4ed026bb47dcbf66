import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { writeOutput } from "@auditgate/cli/parts";
import { type FleetPolicy, judgeSlice, type SliceOptions, type TargetVerdict } from "@auditgate/core";
import { digestOfText, evidenceBeside, runFolder, verdictPath } from "../agreed/folder.ts";
import type { SliceJob, SliceResult } from "../agreed/slice-job.ts";
import type { Drafts } from "./drafts.ts";

/** Who judges a slice. */
export interface Judge {
  /** Of this very process. */
  readonly id: string;
  readonly name: string;
  readonly policy: FleetPolicy;
  readonly folder: string;
  readonly drafts: Drafts;
}

/**
 * Judges a slice, and leaves its verdict and evidence in the folder: whole, under names that follow from what they are,
 * so that whoever judges it a second time changes nothing.
 *
 * @returns Undefined where its draft is gone: it was not heard of for so long that it was taken for dead.
 * @throws {AuditError} As `judgeSlice`; an error of Node.js where the folder cannot be written.
 */
export async function judgeJob(
  { id, name, policy, folder, drafts }: Judge,
  job: SliceJob,
  options: Pick<SliceOptions, "signal" | "logger" | "onWait">,
): Promise<SliceResult | undefined> {
  mkdirSync(runFolder(folder, job.run), { recursive: true, mode: 0o700 });
  const draft = drafts.make(id);
  try {
    const evidenceFile = join(draft, "evidence.jsonl");
    const verdict = await judgeSlice(policy, job.slice, { ...options, evidenceFile });
    const text = `${JSON.stringify(verdict)}\n`;
    const digest = digestOfText(text);
    const path = verdictPath(folder, job, digest);
    const verdictFile = join(draft, "verdict.json");
    writeOutput(text, verdictFile);
    renameSync(evidenceFile, evidenceBeside(path));
    renameSync(verdictFile, path);
    return { worker: name, ...figures(verdict), verdictDigest: digest };
  } catch (error) {
    if (!existsSync(draft)) return undefined;
    throw error;
  } finally {
    rmSync(draft, { recursive: true, force: true });
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
