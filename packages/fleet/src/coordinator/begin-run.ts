import { UsageError } from "@auditgate/cli/parts";
import { type FleetPolicy, planFleet, type PlanOptions } from "@auditgate/core";
import { digestOfRules } from "../agreed/policy-digest.ts";
import type { Seal } from "../agreed/seal.ts";
import { VERSION } from "../agreed/version.ts";
import { newRunId, readRun, type RunFile, writeRun } from "./run-file.ts";

/** What a new run is to be. */
export interface Beginning extends PlanOptions {
  readonly folder: string;
  readonly seal: Seal;
  /** How long results are kept [ms]. */
  readonly keepMs: number;
}

/** Lists what a policy judges, and keeps it: from then on the run can be gone on with. */
export async function beginRun(
  policy: FleetPolicy,
  { folder, seal, keepMs, ...planning }: Beginning,
): Promise<RunFile> {
  const plan = await planFleet(policy, planning);
  const file = { run: newRunId(plan.at), version: VERSION, keepMs, plan };
  writeRun(folder, file, seal);
  return file;
}

/**
 * A run that was begun.
 *
 * @throws {UsageError} Where there is none, or it is of another version or policy.
 */
export function begunRun(policy: FleetPolicy, run: string, folder: string, seal: Seal): RunFile {
  const file = readRun(folder, run, seal);
  const digest = digestOfRules(policy);
  if (file.version !== VERSION)
    throw new UsageError(`run ${run} is of version ${file.version}, and this is ${VERSION}`);
  if (file.plan.policyDigest !== digest) {
    throw new UsageError(
      `run ${run} is of a policy with the digest ${file.plan.policyDigest}, and this one has ${digest}`,
    );
  }
  return file;
}
