import { type Acceptor, createAcceptor } from "../acknowledged/acceptor.ts";
import type { Outcome } from "../conclude.ts";
import type { GatePolicy } from "../policy/policy.types.ts";
import { checkFindings } from "./check-findings.ts";
import { checkRuleId, type TimedCheck } from "./program-check.ts";

/** What checks find, in their order. */
export function checkOutcomes(policy: GatePolicy, checks: readonly TimedCheck[]): readonly Outcome[] {
  const acceptors = new Map<string, Acceptor>();
  return checks.map((check) => {
    const { query, subject, servedAt } = check;
    const key = JSON.stringify([query, subject, servedAt]);
    const at = servedAt === null ? undefined : Date.parse(servedAt);
    const acceptor = acceptors.get(key) ?? createAcceptor(policy.acknowledged ?? [], subject, at);
    acceptors.set(key, acceptor);
    const findings = checkFindings(check, acceptor.forRule(checkRuleId(check)));
    return { query, subject, servedAt, findings, acceptor };
  });
}
