import { type FleetVerdict, gatePlaceLine, type TargetVerdict } from "@auditgate/core";

/** The outcome of one target in one line. */
export function targetHeadline(target: TargetVerdict): string {
  return `${target.name ?? "here"}: ${outcomeOf(target)}. ${gatePlaceLine(target)}`;
}

/** The outcome of all targets in one line. */
export function headlineOf({ passed, blocking, targets, shard }: FleetVerdict): string {
  const violations = targets.flatMap((target) => target.violations);
  const readings = targets.reduce((sum, target) => sum + target.readings.length, 0);
  const part = shard ? ` in shard ${shard.index} of ${shard.count}` : "";
  const [only] = targets;
  const place = targets.length === 1 && only ? `\n${gatePlaceLine(only)}` : "";
  const where = targets.length > 1 ? ` in ${targets.length} targets` : "";
  if (passed)
    return `The gate has passed: ${counted(readings, "audit trail")} in order${where}${part}${place}`;
  const found = `${counted(violations.length, "violation")}${where}${part}`;
  return blocking
    ? `The gate is closed: ${found}${place}`
    : `The gate has not passed, but only warns: ${found}${place}`;
}

function outcomeOf({ passed, readings, violations }: TargetVerdict): string {
  return passed
    ? `${counted(readings.length, "audit trail")} in order`
    : counted(violations.length, "violation");
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
