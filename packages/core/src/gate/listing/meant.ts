import type { GatePolicy } from "../policy/policy.types.ts";
import type { GateSkipped } from "../verdict.types.ts";
import { type Lists, withEvery } from "./every.ts";
import { idleExceptions, skippedIn } from "./skipped.ts";

/** What a policy with `"*"` means, once the service has listed what there is: far less than the lists. */
export interface Meant {
  /** The policy with ids in place of `"*"`. */
  readonly policy: GatePolicy;
  /** What `"*"` left out for its state. */
  readonly skipped: readonly GateSkipped[];
  /** A line for each exception that meets nothing. */
  readonly idle: readonly string[];
}

/** What a policy means by what is listed. */
export function meantBy(policy: GatePolicy, lists: Lists): Meant {
  return {
    policy: withEvery(policy, lists),
    skipped: skippedIn(policy, lists),
    idle: idleExceptions(policy, lists),
  };
}
