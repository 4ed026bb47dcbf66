import { AuditError } from "../../errors.ts";
import { validatePolicy } from "../../gate/policy/validate-policy.ts";
import type { FleetPolicy } from "../../policy-file/policy-file.ts";
import type { FleetOptions } from "../fleet-options.ts";
import type { FleetSlice } from "./fleet-plan.ts";
import type { TargetVerdict } from "../fleet-verdict.types.ts";
import { judgedAt } from "../judged-at.ts";
import { policyDigestOf } from "../policy-digest.ts";
import { selectTargets } from "../select-targets.ts";
import { slicePolicy } from "./slice-policy.ts";
import { targetClient } from "../target-client.ts";
import { judgePart, positionsOf } from "../target-part.ts";

/** Options of {@link judgeSlice}. */
export type SliceOptions = Pick<
  FleetOptions,
  "evidenceFile" | "replaceEvidence" | "signal" | "logger" | "env" | "onWait" | "onTrail"
>;

/**
 * Judges one slice of a plan, with a client of its own.
 *
 * @param policy - The one that was planned; settings of its targets may be others.
 * @throws {AuditError} `ERR_ARGUMENT` for another policy, or evidence that cannot be written, `ERR_ABORTED`.
 */
export async function judgeSlice(
  policy: FleetPolicy,
  slice: FleetSlice,
  options: SliceOptions = {},
): Promise<TargetVerdict> {
  const { targets: all, ...rest } = policy;
  const valid = validatePolicy(rest);
  const digest = policyDigestOf(valid);
  if (digest !== slice.policyDigest) {
    const text = `The slice is of a policy with the digest ${slice.policyDigest}, and this one has ${digest}.`;
    throw new AuditError("ERR_ARGUMENT", text, { argument: "policy" });
  }
  const { target: name, count, subjectsDigest, subjects } = slice;
  const [target] = selectTargets(all, name === null ? undefined : [name]);
  if (name === null && target) {
    const text = "The slice is of a policy without targets, and this one has some.";
    throw new AuditError("ERR_ARGUMENT", text, { argument: "targets" });
  }
  const inTarget = { count, digest: subjectsDigest, positionOf: positionsOf(subjects) };
  const { signal, evidenceFile, replaceEvidence, onTrail } = options;
  const own = slicePolicy(valid, slice);
  const client = targetClient(target, options);
  try {
    return await judgePart(client, name, own, () => inTarget, {
      signal,
      at: judgedAt(slice.at),
      evidenceFile,
      replaceEvidence,
      onJudged(trail) {
        const acknowledged = own.acknowledged?.filter((each) => each.subject === trail.reading.subject) ?? [];
        onTrail?.({ ...trail, target: name, acknowledged });
      },
    });
  } finally {
    await client.close();
  }
}
