import { type FleetPolicy, policyDigestOf } from "@auditgate/core";

/** Digest of a policy without its targets [hex SHA-256], by which coordinator and workers know that they mean the same. */
export function digestOfRules(policy: FleetPolicy): string {
  const { targets: _, ...rules } = policy;
  return policyDigestOf(rules);
}
