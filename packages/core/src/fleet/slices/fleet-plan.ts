import type { SubjectName } from "../../gate/evaluate.ts";
import type { FleetVerdict, TargetVerdict } from "../fleet-verdict.types.ts";

/** What a policy judges, listed once and cut into slices that any machine with the same policy can judge. JSON. */
export interface FleetPlan extends Pick<FleetVerdict, "enforcement" | "policyDigest"> {
  /** Instant that windows and ages are judged at, RFC 3339 in UTC. */
  readonly at: string;
  /** In the order of the policy. */
  readonly targets: readonly TargetPlan[];
}

/** What is judged in one target. */
export interface TargetPlan {
  /** The verdict on the lists behind `"*"`; without a reading where the policy names every subject. */
  readonly listed: TargetVerdict;
  /** Everything else, each subject with all its queries in one slice; none where nothing could be listed. */
  readonly slices: readonly FleetSlice[];
}

/** A part of a target. Names, ids, an instant and digests: nothing of it is secret. JSON. */
export interface FleetSlice extends Pick<FleetVerdict, "policyDigest"> {
  /** Name of the target; null for the one place that the environment names. */
  readonly target: string | null;
  /** Instant that windows and ages are judged at, RFC 3339 as it was given. */
  readonly at: string;
  /** What is judged. */
  readonly subjects: readonly SliceSubject[];
  /** Number of readings in the whole target. */
  readonly count: number;
  /** SHA-256 over the queries and subjects of the whole target, in the order of the policy [hex]. */
  readonly subjectsDigest: string;
  /** Acknowledgements about nothing in the target, by their places in the policy: this slice warns of them. */
  readonly strays: readonly number[];
}

/** A query, and the id of the cluster or instance that it is asked about. */
export interface SliceSubject extends SubjectName {
  /** Place among all readings of the target, from 0 in the order of the policy. */
  readonly position: number;
  /** Whether `"*"` means it too. */
  readonly listed: boolean;
  /** What `"*"` means as its nodes, where the policy asks for that. */
  readonly nodes?: readonly string[] | undefined;
}
