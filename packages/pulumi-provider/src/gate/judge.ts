import { createHash } from "node:crypto";
import {
  type Evidence,
  evidenceDigest,
  formatAcknowledged,
  formatViolations,
  gateHeadline,
  gatePlaceLine,
  type GatePolicy,
  type GateVerdict,
  queries,
  type ReadingDigest,
  violationsOf,
} from "@auditgate/core";
import { isGiven, type Values } from "../arguments.ts";
import type { CheckedReading } from "./check.ts";

/**
 * The verdict on a policy, and on what the program's own checks have found.
 *
 * @param evaluate - Says what is to be said of the policy; not asked where checks stand alone.
 */
export async function judge(
  policy: GatePolicy,
  checks: readonly CheckedReading[],
  evaluate: (policy: GatePolicy) => Promise<GateVerdict>,
): Promise<GateVerdict> {
  const given: Values = { ...policy };
  const alone = checks.length > 0 && !Object.keys(queries).some((query) => isGiven(given[query]));
  const verdict = alone ? nothingAsked(policy) : await evaluate(policy);
  if (checks.length === 0) return verdict;
  const violations = [
    ...verdict.violations,
    ...checks.flatMap((check) => violationsOf(policy, check, check.findings)),
  ];
  const digest = digestOf([...verdict.evidence.readings, ...checks]);
  return {
    ...verdict,
    passed: violations.length === 0,
    blocking: violations.some((violation) => violation.blocking),
    violations,
    evidenceDigest: digest,
    // What the checks have found is a part of the verdict.
    verdictDigest: createHash("sha256")
      .update(JSON.stringify([verdict.verdictDigest, checks]))
      .digest("hex"),
    evidence: { ...verdict.evidence, digest },
  };
}

/** What is told of a verdict. */
export function reportOf(verdict: GateVerdict): string {
  const place = verdict.place === NOWHERE ? "" : gatePlaceLine(verdict);
  const parts = [formatViolations(verdict), formatAcknowledged(verdict), place];
  return [gateHeadline(verdict), ...parts.filter((part) => part !== "")].join("\n\n");
}

/** The place of a verdict that was found without looking anywhere. */
export const NOWHERE: GateVerdict["place"] = { region: null, projectId: null, identity: null };

/** The verdict where nothing was asked, and nothing found. */
function nothingAsked({ enforcement = "mandatory" }: GatePolicy): GateVerdict {
  const evidence: Evidence = { digest: digestOf([]), readings: [] };
  const nothing = { violations: [], acknowledged: [], skipped: [], warnings: [] };
  const digests = { evidenceDigest: evidence.digest, verdictDigest: evidence.digest };
  return { passed: true, blocking: false, ...nothing, ...digests, enforcement, evidence, place: NOWHERE };
}

/** Digest of what was read: by the policy, by checks, or the same by both. */
function digestOf(readings: readonly ReadingDigest[]): string {
  const distinct = new Map(
    readings.map(({ query, subject, digest }) => [
      JSON.stringify([query, subject, digest]),
      { query, subject, digest },
    ]),
  );
  return evidenceDigest([...distinct.values()]);
}
