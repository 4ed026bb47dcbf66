import type { GatePolicy } from "./policy/policy.types.ts";
import type { GateViolation } from "./verdict.types.ts";

/** What the findings about one subject are by a policy: which of them make the deployment fail. */
export function violationsOf(
  { enforcement, onError }: Pick<GatePolicy, "enforcement" | "onError">,
  { query, subject }: Pick<GateViolation, "query" | "subject">,
  findings: readonly Omit<GateViolation, "query" | "subject" | "blocking">[],
): readonly GateViolation[] {
  return findings.map(({ rule, ...facts }) => {
    const softened = onError === "warn" && (facts.kind === "error" || facts.kind === "incomplete");
    return { rule, query, subject, ...facts, blocking: enforcement !== "advisory" && !softened };
  });
}
