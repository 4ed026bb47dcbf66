import { evidenceDigest } from "../gate/evidence/evidence.ts";
import { digestOf } from "../reading/digest.ts";
import type { FleetVerdict, JudgedReading, JudgedViolation, TargetVerdict } from "./fleet-verdict.types.ts";

/** The parts of a verdict on one target that follow from its readings and violations. */
export function targetVerdict(
  {
    name,
    place,
    subjects,
    subjectsDigest,
    acknowledged,
    acknowledgeable,
    skipped,
    warnings,
  }: Omit<TargetVerdict, "passed" | "blocking" | "readings" | "violations" | "evidenceDigest">,
  readings: readonly JudgedReading[],
  violations: readonly JudgedViolation[],
): TargetVerdict {
  return {
    name,
    place,
    passed: violations.length === 0,
    blocking: violations.some(({ blocking }) => blocking),
    subjects,
    subjectsDigest,
    readings,
    violations,
    acknowledged: sorted(acknowledged),
    acknowledgeable: sorted(acknowledgeable),
    skipped: sorted(skipped),
    warnings: sorted(warnings),
    evidenceDigest: evidenceDigest(readings),
  };
}

// So that shards, put together, are one run.
function sorted<Each>(items: readonly Each[]): readonly Each[] {
  const distinct = new Map(items.map((item) => [JSON.stringify(item), item]));
  return [...distinct].toSorted(([one], [other]) => (one < other ? -1 : 1)).map(([, item]) => item);
}

/** The verdict on all targets, from those on each. */
export function fleetVerdict(
  facts: Pick<FleetVerdict, "enforcement" | "at" | "policyDigest" | "shard">,
  targets: readonly TargetVerdict[],
): FleetVerdict {
  return {
    passed: targets.every(({ passed }) => passed),
    blocking: targets.some(({ blocking }) => blocking),
    ...facts,
    targets,
    evidenceDigest: digestOf(targets.map((target) => JSON.stringify([target.name, target.evidenceDigest]))),
  };
}
