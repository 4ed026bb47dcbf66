import { acceptedBy, warningsOf } from "./acknowledged/report.ts";
import type { Acceptor } from "./acknowledged/acceptor.ts";
import type { Meant } from "./listing/meant.ts";
import type { Acknowledgement, GatePolicy } from "./policy/policy.types.ts";
import type { Finding } from "./trail/finding.ts";
import type { GateAcknowledged, GateFacts, GateViolation } from "./verdict.types.ts";
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

/** What a gate finds, as far as it follows from what was found about each subject. */
export type Conclusion = Omit<GateFacts, "evidenceDigest" | "verdictDigest">;

/** A conclusion under way. It keeps of each outcome what the verdict will say of it, and no more. */
export interface Concluding {
  /**
   * Takes what was found about the next subject, in the order of the policy.
   *
   * @returns What of it is wrong by the policy.
   */
  add(outcome: Outcome): readonly GateViolation[];
  /**
   * The verdict that follows from the policy and all that was found.
   *
   * @param meant - What the policy's `"*"` has turned out to mean.
   */
  end(meant: Pick<Meant, "skipped" | "idle">): Conclusion;
}

/** Begins to conclude from what a policy's rules find. Pure, whatever was asked and in however many pieces. */
export function beginConclusion(policy: GatePolicy): Concluding {
  const terms: readonly Acknowledgement[] = policy.acknowledged ?? [];
  const violations: GateViolation[] = [];
  const acknowledged: GateAcknowledged[] = [];
  const met = new Set<Acknowledgement>();
  const late = new Set<Acknowledgement>();
  let at = -Infinity;
  return {
    add({ findings, acceptor, ...reading }) {
      const wrong = violationsOf(policy, reading, findings);
      for (const each of wrong) violations.push(each);
      // Checks of one subject have one acceptor.
      for (const each of terms.filter((known) => acceptor.met.has(known) && !met.has(known))) {
        met.add(each);
        acknowledged.push(acceptedBy(each, reading.query));
      }
      for (const each of acceptor.late) late.add(each);
      if (reading.servedAt !== null) at = Math.max(at, Date.parse(reading.servedAt));
      return wrong;
    },
    end: ({ skipped, idle }) => ({
      passed: violations.length === 0,
      blocking: violations.some(({ blocking }) => blocking),
      violations,
      acknowledged,
      skipped,
      warnings: [...warningsOf(terms, { met, late, at }), ...idle],
    }),
  };
}
