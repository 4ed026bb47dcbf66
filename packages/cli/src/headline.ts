import { type FleetVerdict, gateHeadline, gatePlaceLine, type TargetVerdict } from "@auditgate/core";

/** The outcome of one target in two lines: what it is, and where it looked. */
export function targetHeadline(target: TargetVerdict): string {
  return `${target.name ?? "here"}: ${outcomeOf(target)}\n${gatePlaceLine(target)}`;
}

/** The outcome of all targets in one line, without a period; of one alone as every door says it. */
export function headlineOf({ passed, blocking, targets, shard }: FleetVerdict): string {
  const part = shard ? `, in shard ${shard.index} of ${shard.count}` : "";
  const [first, ...others] = targets;
  if (first && others.length === 0) return `${outcomeOf(first)}${part}`;
  const violations = targets.reduce((sum, target) => sum + target.violations.length, 0);
  const known = targets.reduce((sum, target) => sum + target.acknowledged.length, 0);
  const where = `in ${targets.length} targets${part}`;
  if (passed) return `The gate has passed${known > 0 ? ` with ${known} acknowledged` : ""} ${where}`;
  const found = `${violations} violation${violations === 1 ? "" : "s"} ${where}`;
  return blocking ? `The gate is closed: ${found}` : `The gate has not passed, but only warns: ${found}`;
}

function outcomeOf({ passed, blocking, violations, acknowledged, skipped, readings }: TargetVerdict): string {
  return gateHeadline({ passed, blocking, violations, acknowledged, skipped, evidence: { readings } });
}
