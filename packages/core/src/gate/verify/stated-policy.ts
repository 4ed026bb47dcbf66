import { AuditError } from "../../errors.ts";
import type { NamedCheck } from "../policy/acknowledged-problems.ts";
import type { DdsAuditLogsRules, GatePolicy } from "../policy/policy.types.ts";
import { validatePolicy } from "../policy/validate-policy.ts";
import { EVERY } from "../rules/policy-values.ts";

/** The policy that evidence states, checked; undefined where it is none that could have been judged. */
export function statedPolicy(policy: unknown, checks: readonly NamedCheck[]): GatePolicy | undefined {
  // Checked below, whatever it is.
  const stated = policy as GatePolicy;
  try {
    const valid = validatePolicy(withNodes(stated), checks);
    return { ...valid, ddsAuditLogs: valid.ddsAuditLogs && sameNodes(valid.ddsAuditLogs, stated) };
  } catch (error) {
    if (AuditError.is(error)) return undefined;
    throw error;
  }
}

/**
 * A policy in which no list of nodes is empty. Nobody may write one, for it names nothing; a slice of a fleet has one where
 * the list that was read elsewhere names no node of an instance, which is never in order.
 */
function withNodes(stated: GatePolicy): GatePolicy {
  const sets: unknown = stated?.ddsAuditLogs;
  if (!Array.isArray(sets)) return stated;
  const named = (rules: DdsAuditLogsRules) => (isNodeless(rules) ? { ...rules, nodeIds: [EVERY] } : rules);
  return { ...stated, ddsAuditLogs: sets.map(named) };
}

/** The same rule sets, with the lists of nodes that are stated. */
function sameNodes(
  valid: readonly DdsAuditLogsRules[],
  { ddsAuditLogs: stated = [] }: GatePolicy,
): readonly DdsAuditLogsRules[] {
  return valid.map((rules, index) => (isNodeless(stated[index]) ? { ...rules, nodeIds: [] } : rules));
}

function isNodeless(rules: DdsAuditLogsRules | undefined): boolean {
  return Array.isArray(rules?.nodeIds) && rules.nodeIds.length === 0;
}
