import { AuditError } from "../errors.ts";
import { judgeSubjects, type SubjectName } from "../gate/evaluate.ts";
import { inOrder } from "../gate/in-order.ts";
import { validatePolicy } from "../gate/policy/validate-policy.ts";
import type { GateVerdict } from "../gate/verdict.ts";
import type { GatePolicy } from "../gate/policy/policy.types.ts";
import { seenFields } from "../gate/trail/seen.ts";
import { tryParseInstant, utcInstant } from "../instant.ts";
import type { FleetPolicy } from "../policy-file/policy-file.ts";
import type { Target } from "../policy-file/target.ts";
import { digestOf } from "../reading/digest.ts";
import { evidencePath } from "./evidence-path.ts";
import type { FleetOptions } from "./fleet-options.ts";
import { fleetVerdict, targetVerdict } from "./fleet-verdict.ts";
import type {
  Acknowledgeable,
  FleetVerdict,
  JudgedReading,
  JudgedViolation,
  TargetVerdict,
} from "./fleet-verdict.types.ts";
import { checkShard, shardOf } from "./shard.ts";
import { selectTargets } from "./select-targets.ts";
import { targetClient, TARGETS_AT_ONCE } from "./target-client.ts";

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
  options: FleetOptions,
): Promise<TargetVerdict> {
  const { shard, signal, evidenceFile, replaceEvidence, onProgress, onTrail } = options;
  const name = target?.name ?? null;
  const client = targetClient(target, options);
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
        onJudged(trail) {
          judged++;
          const { subject } = trail.reading;
          for (const { ruleId, seen: given } of trail.refused) {
            // What has no name cannot be named.
            const { data: record } = seenFields.safeParse(given);
            if (record) seen.push({ ruleId, subject, record });
          }
          onProgress?.({ target: name, subjects: mine.length, judged });
          const known = acknowledged?.filter((each) => each.subject === subject) ?? [];
          onTrail?.({ ...trail, target: name, acknowledged: known });
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
