import { nextStep } from "./next-step.ts";
import type { GatePolicy } from "./policy/policy.types.ts";
import type { GateViolation } from "./verdict.types.ts";

/** What the findings about one subject are by a policy: which of them make the deployment fail, and what to do. */
export function violationsOf(
  { enforcement, onError }: Pick<GatePolicy, "enforcement" | "onError">,
  { query, subject }: Pick<GateViolation, "query" | "subject">,
  findings: readonly Omit<GateViolation, "query" | "subject" | "blocking" | "next">[],
): readonly GateViolation[] {
  return findings.map(({ rule, ruleId, ...facts }) => {
    const softened = onError === "warn" && (facts.kind === "error" || facts.kind === "incomplete");
    const blocking = enforcement !== "advisory" && !softened;
    const next = nextStep({ rule, ruleId, query, ...facts });
    return { rule, ruleId, query, subject, ...facts, blocking, next };
  });
}
