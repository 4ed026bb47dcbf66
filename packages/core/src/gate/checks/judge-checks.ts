import { beginConclusion, type Conclusion } from "../conclude.ts";
import type { GatePolicy } from "../policy/policy.types.ts";
import { checkOutcomes } from "./check-outcomes.ts";
import type { ProgramCheck } from "./program-check.ts";

/**
 * What follows from checks alone, by a policy that was validated with them. Nobody is asked.
 *
 * @param servedAt - The time that acknowledgements are judged at, RFC 3339.
 */
export function judgeChecks(
  policy: GatePolicy,
  checks: readonly ProgramCheck[],
  servedAt: string,
): Conclusion {
  const timed = checks.map((check) => ({ ...check, servedAt }));
  const conclusion = beginConclusion(policy);
  for (const outcome of checkOutcomes(policy, timed)) conclusion.add(outcome);
  return conclusion.end({ skipped: [], idle: [] });
}
