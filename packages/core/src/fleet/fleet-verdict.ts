import type { EvidenceReading, GatePlace } from "../gate/evidence/evidence.ts";
import { evidenceDigest } from "../gate/evidence/evidence.ts";
import type { GateAcknowledged, GateSkipped, GateViolation } from "../gate/verdict.types.ts";
import type { Seen } from "../gate/trail/seen.ts";
import { digestOf } from "../reading/digest.ts";
import type { Shard } from "./shard.ts";

/** What was read of one subject, without what differs from one reading of the same records to the next. */
export type JudgedReading = Pick<EvidenceReading, "query" | "subject" | "complete" | "count" | "digest"> & {
  /** Place among all readings of the target, from 0: the order of the policy. */
  readonly position: number;
};

/** A violation, and the place of what it is about among the readings of its target. */
export interface JudgedViolation extends GateViolation {
  readonly position: number;
}

/** Something that a broken rule has seen, and that an acknowledgement could name. */
export interface Acknowledgeable {
  readonly ruleId: string;
  /** ID of the cluster or instance. */
  readonly subject: string;
  /** The fields that identify it. */
  readonly record: Seen;
}

/** The verdict on one target. */
export interface TargetVerdict {
  /** Name of the target; null for the one place that the environment names. */
  readonly name: string | null;
  /** Where it looked. */
  readonly place: GatePlace;
  readonly passed: boolean;
  readonly blocking: boolean;
  /** Number of readings that there are in all shards. */
  readonly subjects: number;
  /** SHA-256 over the queries and subjects of all shards, in the order of the policy [hex]. */
  readonly subjectsDigest: string;
  readonly readings: readonly JudgedReading[];
  /** In the order of the policy. */
  readonly violations: readonly JudgedViolation[];
  /** What did not count because the policy acknowledges it. */
  readonly acknowledged: readonly GateAcknowledged[];
  /** What broken rules have seen, as an acknowledgement names it. */
  readonly acknowledgeable: readonly Acknowledgeable[];
  /** What `"*"` left out because it cannot have an audit trail yet, or no longer. */
  readonly skipped: readonly GateSkipped[];
  /** Acknowledgements and exceptions that end soon, have ended or meet nothing, one line each. */
  readonly warnings: readonly string[];
  /** SHA-256 of the target's evidence [hex]. */
  readonly evidenceDigest: string;
}

/** The verdict on all targets of a policy. */
export interface FleetVerdict {
  /** True where everything was read completely in every target and no rule is violated. */
  readonly passed: boolean;
  /** True where the policy wants whatever depends on it to stop. */
  readonly blocking: boolean;
  readonly enforcement: "mandatory" | "advisory";
  /** Instant that windows and ages were judged at, RFC 3339 in UTC; null where it was each service's own time. */
  readonly at: string | null;
  /** SHA-256 of the policy, without the settings of its targets [hex]. */
  readonly policyDigest: string;
  /** Which part of all subjects this is about; null for all of them. */
  readonly shard: Shard | null;
  /** In the order of the policy. */
  readonly targets: readonly TargetVerdict[];
  /** SHA-256 over the targets and the digests of their evidence [hex]. */
  readonly evidenceDigest: string;
}

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
