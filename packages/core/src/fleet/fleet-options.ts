import type { JudgedTrail } from "../gate/evaluate.ts";
import type { Acknowledgement } from "../gate/policy/policy.types.ts";
import type { Logger, Waiting } from "../logger.ts";
import type { Environment } from "../settings/layer.ts";
import type { Shard } from "./shard.ts";

/** Options of `evaluateFleet`. */
export interface FleetOptions {
  /** Names of the targets to judge; all if absent. */
  readonly targets?: readonly string[] | undefined;
  /** Judges one part of all clusters and instances; `mergeVerdicts` puts the parts together. */
  readonly shard?: Shard | undefined;
  /** Instant that windows and ages are judged at, RFC 3339; each service's own time if absent. */
  readonly at?: string | undefined;
  /** Where to write the evidence; where there are several targets, one file for each: `evidence.NAME.jsonl`. */
  readonly evidenceFile?: string | undefined;
  /** Replace evidence files that are there already. */
  readonly replaceEvidence?: boolean | undefined;
  /** Ends the evaluation with `ERR_ABORTED`. */
  readonly signal?: AbortSignal | undefined;
  /** Where the clients of all targets report what they do. */
  readonly logger?: Logger | undefined;
  /** Variables to use in place of `process.env`. */
  readonly env?: Environment | undefined;
  /** Called as the evaluation goes on. */
  readonly onProgress?: ((step: FleetProgress) => void) | undefined;
  /** Told that the services of a target ask to slow down, and how long is waited; at most every five seconds. */
  readonly onWait?: ((target: string | null, waiting: Waiting) => void) | undefined;
  /** Told of each audit trail, in the order of each target: its records are kept by nobody else. */
  readonly onTrail?: ((trail: FleetTrail) => void) | undefined;
}

/** What was read of one cluster or instance, and by which rules it was judged. */
export interface FleetTrail extends JudgedTrail {
  /** Name of the target; null for the one place that the environment names. */
  readonly target: string | null;
  /** Acknowledgements of the policy about it, in force or not. */
  readonly acknowledged: readonly Acknowledgement[];
}

/** How far the evaluation of one target has come. */
export interface FleetProgress {
  /** Name of the target; null for the one place that the environment names. */
  readonly target: string | null;
  /** Audit trails that are to be judged, and have been. */
  readonly subjects: number;
  /** How many of these have been judged. */
  readonly judged: number;
}
