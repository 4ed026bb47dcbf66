import type { Client } from "../client.ts";
import { judgeSubjects, type JudgeOptions, type SubjectName } from "../gate/evaluate.ts";
import type { GatePolicy } from "../gate/policy/policy.types.ts";
import { seenFields } from "../gate/trail/seen.ts";
import type { GateVerdict } from "../gate/verdict.ts";
import { digestOf } from "../reading/digest.ts";
import { targetVerdict } from "./fleet-verdict.ts";
import type {
  Acknowledgeable,
  JudgedReading,
  JudgedViolation,
  TargetVerdict,
} from "./fleet-verdict.types.ts";

/** All that is judged in a target, in order, whoever judges which part of it. */
export interface TargetSubjects {
  /** Number of readings. */
  readonly count: number;
  /** SHA-256 over their queries and subjects, in order [hex]. */
  readonly digest: string;
  /** Place of each in that order; -1 for none of them. */
  positionOf(subject: SubjectName): number;
}

/** The order of all that is judged in a target. */
export function targetSubjects(all: readonly SubjectName[]): TargetSubjects {
  return {
    count: all.length,
    digest: digestOf(all.map(keyOf)),
    positionOf: positionsOf(all.map((subject, position) => ({ ...subject, position }))),
  };
}

/** Finds the place of a subject among some that have one; -1 for none of them. */
export function positionsOf(
  placed: readonly (SubjectName & { readonly position: number })[],
): TargetSubjects["positionOf"] {
  const positions = new Map(placed.map((each) => [keyOf(each), each.position]));
  return (subject) => positions.get(keyOf(subject)) ?? -1;
}

/**
 * Judges what is `select`ed of a target.
 *
 * @param subjectsOf - Told all that this evaluation has found, once it is over; gives all that there is in the target.
 */
export async function judgePart(
  client: Client,
  name: string | null,
  policy: GatePolicy,
  subjectsOf: (found: readonly SubjectName[]) => TargetSubjects,
  options: JudgeOptions,
): Promise<TargetVerdict> {
  let found: readonly SubjectName[] = [];
  const seen: Acknowledgeable[] = [];
  const verdict = await judgeSubjects(client, policy, {
    ...options,
    select(all) {
      found = all;
      return options.select?.(all) ?? all;
    },
    onJudged(trail) {
      const { subject } = trail.reading;
      const broken = new Set(trail.violations.map(({ ruleId }) => ruleId));
      for (const { ruleId, seen: given } of trail.refused) {
        // What has no name cannot be named.
        const { data: record } = broken.has(ruleId) ? seenFields.safeParse(given) : {};
        if (record) seen.push({ ruleId, subject, record });
      }
      options.onJudged?.(trail);
    },
  });
  return partOf(name, subjectsOf(found), verdict, seen);
}

function partOf(
  name: string | null,
  { count, digest: subjectsDigest, positionOf }: TargetSubjects,
  verdict: GateVerdict,
  seen: readonly Acknowledgeable[],
): TargetVerdict {
  const { place, evidence, violations, acknowledged, skipped, warnings } = verdict;
  return targetVerdict(
    {
      name,
      place,
      subjects: count,
      subjectsDigest,
      acknowledged,
      acknowledgeable: seen,
      skipped,
      warnings,
    },
    evidence.readings.map(({ query, subject, complete, count: records, digest }): JudgedReading => {
      return { position: positionOf({ query, subject }), query, subject, complete, count: records, digest };
    }),
    violations.map((violation): JudgedViolation => ({ position: positionOf(violation), ...violation })),
  );
}

function keyOf({ query, subject }: SubjectName): string {
  return JSON.stringify([query, subject]);
}
