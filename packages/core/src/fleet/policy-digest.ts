import type { GatePolicy } from "../gate/policy/policy.types.ts";
import { digestOf } from "../reading/digest.ts";

/** Digest of a policy that was validated, without its targets [hex SHA-256]. */
export function policyDigestOf(policy: GatePolicy): string {
  return digestOf([JSON.stringify(policy)]);
}
