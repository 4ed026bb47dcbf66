import { acceptedBy, warningsOf } from "./acknowledged/report.ts";
import type { Acceptor } from "./acknowledged/acceptor.ts";
import type { Lists } from "./listing/every.ts";
import { idleExceptions, skippedIn } from "./listing/skipped.ts";
import type { Acknowledgement, GatePolicy } from "./policy/policy.types.ts";
import type { Finding } from "./trail/finding.ts";
import type { GateFacts } from "./verdict.types.ts";
import { violationsOf } from "./violation.ts";

/** What was found about one subject, and what was accepted of it. */
export interface Outcome {
  readonly query: string;
  readonly subject: string;
  /** The service's time, RFC 3339; null where it did not say. */
  readonly servedAt: string | null;
  readonly findings: readonly Finding[];
  readonly acceptor: Acceptor;
}

/** What a gate finds, as far as it follows from what was found about each subject. Pure. */
export type Conclusion = Omit<GateFacts, "evidenceDigest" | "verdictDigest">;

/**
 * The verdict that follows from a policy and what its rules have found.
 *
 * @param lists - What `"*"` was looked up in.
 */
export function conclude(policy: GatePolicy, outcomes: readonly Outcome[], lists: Lists): Conclusion {
  const violations = outcomes.flatMap((outcome) => violationsOf(policy, outcome, outcome.findings));
  const told = new Set<Acknowledgement>();
  return {
    passed: violations.length === 0,
    blocking: violations.some(({ blocking }) => blocking),
    violations,
    acknowledged: outcomes.flatMap(({ query, acceptor }) =>
      (policy.acknowledged ?? [])
        // Checks of one subject have one acceptor.
        .filter((each) => acceptor.met.has(each) && !told.has(each))
        .map((each) => {
          told.add(each);
          return acceptedBy(each, query);
        }),
    ),
    skipped: skippedIn(policy, lists),
    warnings: [...warningsOf(policy.acknowledged ?? [], outcomes), ...idleExceptions(policy, lists)],
  };
}
