import { AuditError } from "../../errors.ts";
import type { FleetPlan } from "./fleet-plan.ts";
import { fleetVerdict } from "../fleet-verdict.ts";
import type { FleetVerdict, TargetVerdict } from "../fleet-verdict.types.ts";
import { joinedTarget } from "../merge-verdicts.ts";

/**
 * The verdict of one run, from a plan and the verdict on each slice of each of its targets.
 *
 * @throws {AuditError} `ERR_INCOMPLETE` where a slice is missing, `ERR_ARGUMENT` where one is of another target or plan.
 */
export function joinSlices(
  { at, enforcement, policyDigest, targets }: FleetPlan,
  verdicts: readonly (readonly TargetVerdict[])[],
): FleetVerdict {
  const joined = targets.map(({ listed }, index) => {
    const parts = verdicts[index] ?? [];
    const stranger = parts.some(
      ({ name, subjectsDigest }) => name !== listed.name || subjectsDigest !== listed.subjectsDigest,
    );
    if (!stranger) return joinedTarget([listed, ...parts]);
    const text = `A slice of ${listed.name ?? "the place"} is of another target or list of subjects.`;
    throw new AuditError("ERR_ARGUMENT", text, { argument: "verdicts" });
  });
  return fleetVerdict({ enforcement, at, policyDigest, shard: null }, joined);
}
