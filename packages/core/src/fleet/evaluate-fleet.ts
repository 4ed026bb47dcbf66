import { createClient } from "../client.ts";
import { AuditError } from "../errors.ts";
import { judgeSubjects, type SubjectName } from "../gate/evaluate.ts";
import { inOrder } from "../gate/in-order.ts";
import { validatePolicy } from "../gate/policy/validate-policy.ts";
import type { GateVerdict } from "../gate/verdict.ts";
import type { GatePolicy } from "../gate/policy/policy.types.ts";
import { tryParseInstant, utcInstant } from "../instant.ts";
import type { Logger } from "../logger.ts";
import type { FleetPolicy } from "../policy-file/policy-file.ts";
import type { Target } from "../policy-file/target.ts";
import { digestOf } from "../reading/digest.ts";
import type { Environment } from "../settings/layer.ts";
import { evidencePath } from "./evidence-path.ts";
import {
  type Acknowledgeable,
  type FleetVerdict,
  fleetVerdict,
  type JudgedReading,
  type JudgedViolation,
  type TargetVerdict,
  targetVerdict,
} from "./fleet-verdict.ts";
import { checkShard, type Shard, shardOf } from "./shard.ts";
import { selectTargets } from "./select-targets.ts";

/** Options of {@link evaluateFleet}. */
export interface FleetOptions {
  /** Names of the targets to judge; all if absent. */
  readonly targets?: readonly string[] | undefined;
  /** Judges one part of all clusters and instances; {@link mergeVerdicts} puts the parts together. */
  readonly shard?: Shard | undefined;
  /** Instant that windows and ages are judged at, RFC 3339; each service's own time if absent. */
  readonly at?: string | undefined;
  /** Where to write the evidence; where there are several targets, one file for each: `evidence.NAME.jsonl`. */
  readonly evidenceFile?: string | undefined;
  /** Replace evidence files that are there already. */
  readonly replaceEvidence?: boolean | undefined;
  /** Ends the evaluation with `ERR_ABORTED`. */
  readonly signal?: AbortSignal | undefined;
  readonly logger?: Logger | undefined;
  /** Variables to use in place of `process.env`. */
  readonly env?: Environment | undefined;
  /** Called as the evaluation goes on. */
  readonly onProgress?: ((step: FleetProgress) => void) | undefined;
}

/** How far the evaluation of one target has come. */
export interface FleetProgress {
  /** Name of the target; null for the one place that the environment names. */
  readonly target: string | null;
  /** Audit trails that are to be judged, and have been. */
  readonly subjects: number;
  readonly judged: number;
}

/** Targets that are judged at once: each waits for another service, and memory is shared. */
const TARGETS_AT_ONCE = 4;

/**
 * Judges a policy in all its targets, each with a client of its own; without targets, in the place that the
 * environment names. It fails closed as `evaluateGate` does: a target that cannot be reached is a violation of that
 * target, and the others are judged all the same.
 *
 * @throws {AuditError} `ERR_ARGUMENT` for a policy or options that are malformed, `ERR_ABORTED`.
 */
export async function evaluateFleet(policy: FleetPolicy, options: FleetOptions = {}): Promise<FleetVerdict> {
  const { targets: all, ...rest } = policy;
  const valid = validatePolicy(rest);
  const chosen = selectTargets(all, options.targets);
  if (options.shard) checkShard(options.shard);
  const at = options.at === undefined ? undefined : instantOf(options.at);
  const verdicts: TargetVerdict[] = [];
  const judged = inOrder(chosen, TARGETS_AT_ONCE, (target) => judgeTarget(valid, target, at, options));
  for await (const verdict of judged) verdicts.push(verdict);
  return fleetVerdict(
    {
      enforcement: valid.enforcement ?? "mandatory",
      at: at === undefined ? null : utcInstant(at),
      policyDigest: digestOf([JSON.stringify(valid)]),
      shard: options.shard ?? null,
    },
    verdicts,
  );
}

async function judgeTarget(
  policy: GatePolicy,
  target: Target | undefined,
  at: number | undefined,
  { shard, signal, env, logger, evidenceFile, replaceEvidence, onProgress }: FleetOptions,
): Promise<TargetVerdict> {
  const name = target?.name ?? null;
  const { name: _, ...settings } = target ?? { name: "" };
  const client = createClient({
    ...(target && { settings, settingOrigin: (setting) => `${setting} of target ${target.name}` }),
    env,
    logger,
  });
  let subjects: readonly SubjectName[] = [];
  let mine: readonly SubjectName[] = [];
  let judged = 0;
  const seen: Acknowledgeable[] = [];
  const isMine = (subject: string) =>
    !shard || shardOf(`${name ?? ""}\n${subject}`, shard.count) === shard.index;
  // What meets nothing is told by the shard that its subject would be in.
  const acknowledged = policy.acknowledged?.filter(({ subject }) => isMine(subject));
  try {
    const verdict = await judgeSubjects(
      client,
      { ...policy, acknowledged },
      {
        signal,
        at,
        evidenceFile: evidenceFile && evidencePath(evidenceFile, target?.name),
        replaceEvidence,
        select(found) {
          subjects = found;
          mine = found.filter(({ subject }) => isMine(subject));
          onProgress?.({ target: name, subjects: mine.length, judged });
          return mine;
        },
        onJudged(reading, refused) {
          judged++;
          for (const { ruleId, seen: record } of refused) {
            // What has no name cannot be named.
            if (Object.values(record).every((value) => value)) {
              seen.push({ ruleId, subject: reading.subject, record });
            }
          }
          onProgress?.({ target: name, subjects: mine.length, judged });
        },
      },
    );
    return ofTarget(name, subjects, verdict, seen);
  } finally {
    await client.close();
  }
}

function ofTarget(
  name: string | null,
  subjects: readonly SubjectName[],
  verdict: GateVerdict,
  seen: readonly Acknowledgeable[],
): TargetVerdict {
  const positions = new Map(subjects.map((subject, position) => [keyOf(subject), position]));
  const positionOf = (subject: SubjectName) => positions.get(keyOf(subject)) ?? -1;
  const { place, evidence, violations, acknowledged, skipped, warnings } = verdict;
  const broken = new Set(violations.map(({ ruleId, subject }) => `${ruleId} ${subject}`));
  return targetVerdict(
    {
      name,
      place,
      subjects: subjects.length,
      subjectsDigest: digestOf(subjects.map(keyOf)),
      acknowledged,
      acknowledgeable: seen.filter(({ ruleId, subject }) => broken.has(`${ruleId} ${subject}`)),
      skipped,
      warnings,
    },
    evidence.readings.map(({ query, subject, complete, count, digest }): JudgedReading => {
      return { position: positionOf({ query, subject }), query, subject, complete, count, digest };
    }),
    violations.map((violation): JudgedViolation => ({ position: positionOf(violation), ...violation })),
  );
}

function keyOf({ query, subject }: SubjectName): string {
  return JSON.stringify([query, subject]);
}

function instantOf(text: string): number {
  const instant = tryParseInstant(text);
  if (instant !== undefined) return instant;
  throw new AuditError("ERR_ARGUMENT", "at must be an instant with a zone, such as 2026-12-31T12:00:00Z.", {
    argument: "at",
  });
}
