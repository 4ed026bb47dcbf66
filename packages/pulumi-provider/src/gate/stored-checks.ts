import {
  evidenceDigest,
  type GatePolicy,
  type GateVerdict,
  queries,
  type ReadingDigest,
  violationsOf,
} from "@auditgate/core";
import { isGiven, type Values } from "../arguments.ts";
import { NOWHERE } from "./report.ts";

/** What a check of a program had found when 0.1.0 wrote a state. */
interface StoredCheck extends ReadingDigest {
  readonly findings: Parameters<typeof violationsOf>[2];
}

/**
 * The verdict on a policy, and on what checks had found, of a gate in a state that 0.1.0 wrote.
 *
 * @param evaluate - Says what is to be said of the policy; not asked where checks stand alone.
 */
export async function storedVerdict(
  policy: GatePolicy,
  checks: readonly StoredCheck[],
  evaluate: () => Promise<GateVerdict>,
): Promise<GateVerdict> {
  const given: Values = { ...policy };
  const alone = checks.length > 0 && !Object.keys(queries).some((query) => isGiven(given[query]));
  const verdict = alone ? nothingAsked(policy) : await evaluate();
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
  };
}

/** The checks in a state. */
export function storedChecksIn({ checks }: Values): readonly StoredCheck[] {
  return Array.isArray(checks) ? checks : [];
}

/** The verdict where nothing was asked, and nothing found. */
function nothingAsked({ enforcement = "mandatory" }: GatePolicy): GateVerdict {
  const evidence = { digest: digestOf([]), readings: [] };
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
