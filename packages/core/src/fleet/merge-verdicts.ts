import { AuditError } from "../errors.ts";
import { fleetVerdict, targetVerdict } from "./fleet-verdict.ts";
import type { FleetVerdict, TargetVerdict } from "./fleet-verdict.types.ts";

/**
 * The verdict of one run, from the verdicts of all its shards, in any order.
 *
 * @throws {AuditError} `ERR_INCOMPLETE` where a shard is missing, `ERR_ARGUMENT` where one is there twice or is of
 *   another policy, instant or list of subjects; the message names it.
 */
export function mergeVerdicts(verdicts: readonly FleetVerdict[]): FleetVerdict {
  const [first] = verdicts;
  if (!first) throw refused("There is no verdict to merge.");
  const shards = verdicts.map(({ shard }) => shard ?? { index: 1, count: 1 });
  const { count } = shards[0]!;
  const seen = new Set<number>();
  for (const [index, shard] of shards.entries()) {
    const name = `shard ${shard.index}/${shard.count}`;
    if (shard.count !== count)
      throw refused(
        `${name} is one of ${shard.count}, and shard ${shards[0]!.index}/${count} one of ${count}.`,
      );
    if (seen.has(shard.index)) throw refused(`${name} is there twice.`);
    seen.add(shard.index);
    const difference = differenceOf(first, verdicts[index]!);
    if (difference)
      throw refused(`${name} has another ${difference} than shard ${shards[0]!.index}/${count}.`);
  }
  if (count > 1 && first.at === null) {
    throw refused("The shards were each judged at a time of their own: give all of them the same --at.");
  }
  const missing = Array.from({ length: count }, (_, index) => index + 1).filter((index) => !seen.has(index));
  if (missing.length > 0) {
    const names = missing.map((index) => `${index}/${count}`).join(", ");
    throw new AuditError("ERR_INCOMPLETE", `Missing: shard ${names}. What it is about has not been judged.`);
  }
  const { enforcement, at, policyDigest } = first;
  const targets = first.targets.map((_, index) =>
    joinedTarget(verdicts.map((verdict) => verdict.targets[index]!)),
  );
  return fleetVerdict({ enforcement, at, policyDigest, shard: null }, targets);
}

function differenceOf(one: FleetVerdict, other: FleetVerdict): string | undefined {
  if (one.policyDigest !== other.policyDigest) return "policy";
  if (one.enforcement !== other.enforcement) return "enforcement";
  if (one.at !== other.at) return "instant";
  const namesOf = ({ targets }: FleetVerdict) => JSON.stringify(targets.map(({ name }) => name));
  if (namesOf(one) !== namesOf(other)) return "list of targets";
  const placesOf = ({ targets }: FleetVerdict) => targets.map(({ place }) => [place.region, place.projectId]);
  if (JSON.stringify(placesOf(one)) !== JSON.stringify(placesOf(other))) return "region or project";
  const changed = one.targets.find(
    ({ subjectsDigest }, index) => subjectsDigest !== other.targets[index]?.subjectsDigest,
  );
  return changed && `list of subjects in ${changed.name ?? "its place"}`;
}

/**
 * The verdict on one target, from those on all its parts.
 *
 * @throws {AuditError} `ERR_INCOMPLETE` where a part is missing, `ERR_ARGUMENT` where two have the same.
 */
export function joinedTarget(parts: readonly TargetVerdict[]): TargetVerdict {
  const { name, place: settled, subjects, subjectsDigest } = parts[0]!;
  // Known from a reading; where nothing was read, as far as the settings say it.
  const asked = parts.find(({ place, readings }) => readings.length > 0 && place.projectId !== null);
  const place = asked?.place ?? settled;
  const readings = inOrder(parts.flatMap((part) => part.readings));
  const violations = inOrder(parts.flatMap((part) => part.violations));
  const positions = new Set(readings.map(({ position }) => position));
  if (positions.size !== readings.length)
    throw refused(`A subject of ${name ?? "the place"} is in two parts.`);
  if (readings.length !== subjects) {
    const text = `The parts have ${readings.length} of the ${subjects} readings of ${name ?? "their place"}.`;
    throw new AuditError("ERR_INCOMPLETE", text);
  }
  const acknowledged = parts.flatMap((part) => part.acknowledged);
  const warnings = parts.flatMap((part) => part.warnings);
  const acknowledgeable = parts.flatMap((part) => part.acknowledgeable);
  const skipped = parts.flatMap((part) => part.skipped);
  const facts = { name, place, subjects, subjectsDigest, acknowledged, acknowledgeable, skipped, warnings };
  return targetVerdict(facts, readings, violations);
}

function inOrder<Each extends { readonly position: number }>(items: readonly Each[]): readonly Each[] {
  return items.toSorted((one, other) => one.position - other.position);
}

function refused(message: string): AuditError {
  return new AuditError("ERR_ARGUMENT", message, { argument: "verdicts" });
}
