import type { SubjectName } from "../gate/evaluate.ts";
import { inOrder } from "../gate/in-order.ts";
import { validatePolicy } from "../gate/policy/validate-policy.ts";
import type { GatePolicy } from "../gate/policy/policy.types.ts";
import { utcInstant } from "../instant.ts";
import type { FleetPolicy } from "../policy-file/policy-file.ts";
import type { Target } from "../policy-file/target.ts";
import { policyDigestOf } from "./policy-digest.ts";
import { evidencePath } from "./evidence-path.ts";
import type { FleetOptions } from "./fleet-options.ts";
import { fleetVerdict } from "./fleet-verdict.ts";
import type { FleetVerdict, TargetVerdict } from "./fleet-verdict.types.ts";
import { judgedAt } from "./judged-at.ts";
import { checkShard, shardOf } from "./shard.ts";
import { selectTargets } from "./select-targets.ts";
import { targetClient, TARGETS_AT_ONCE } from "./target-client.ts";
import { judgePart, targetSubjects } from "./target-part.ts";

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
  const at = options.at === undefined ? undefined : judgedAt(options.at);
  const verdicts: TargetVerdict[] = [];
  const judged = inOrder(chosen, TARGETS_AT_ONCE, (target) => judgeTarget(valid, target, at, options));
  for await (const verdict of judged) verdicts.push(verdict);
  return fleetVerdict(
    {
      enforcement: valid.enforcement ?? "mandatory",
      at: at === undefined ? null : utcInstant(at),
      policyDigest: policyDigestOf(valid),
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
  let mine: readonly SubjectName[] = [];
  let judged = 0;
  const isMine = (subject: string) =>
    !shard || shardOf(`${name ?? ""}\n${subject}`, shard.count) === shard.index;
  // What meets nothing is told by the shard that its subject would be in.
  const acknowledged = policy.acknowledged?.filter(({ subject }) => isMine(subject));
  try {
    return await judgePart(client, name, { ...policy, acknowledged }, targetSubjects, {
      signal,
      at,
      evidenceFile: evidenceFile && evidencePath(evidenceFile, target?.name),
      replaceEvidence,
      select(found) {
        mine = found.filter(({ subject }) => isMine(subject));
        onProgress?.({ target: name, subjects: mine.length, judged });
        return mine;
      },
      onJudged(trail) {
        judged++;
        onProgress?.({ target: name, subjects: mine.length, judged });
        const known = acknowledged?.filter((each) => each.subject === trail.reading.subject) ?? [];
        onTrail?.({ ...trail, target: name, acknowledged: known });
      },
    });
  } finally {
    await client.close();
  }
}
