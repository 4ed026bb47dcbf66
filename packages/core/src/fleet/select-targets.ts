import { AuditError } from "../errors.ts";
import { harmless } from "../texts/harmless.ts";
import type { Target } from "../policy-file/target.ts";

/**
 * The targets to judge, in the order of the policy; one undefined where the policy has none.
 *
 * @throws {AuditError} `ERR_ARGUMENT` for an empty list, and for a name that no target has.
 */
export function selectTargets(
  targets: readonly Target[] | undefined,
  names: readonly string[] | undefined,
): readonly (Target | undefined)[] {
  if (targets?.length === 0) throw refused("targets must name at least one, or be left out.");
  const known = (targets ?? []).map(({ name }) => name);
  const twice = known.find((name, index) => known.indexOf(name) !== index);
  if (twice !== undefined) throw refused(`Two targets are called ${harmless(twice)}.`);
  if (names === undefined) return targets ?? [undefined];
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined || names.length === 0) {
    const there = known.length === 0 ? "it has none" : `it has ${known.map(harmless).join(", ")}`;
    throw refused(`The policy has no target ${harmless(unknown ?? "")}; ${there}.`);
  }
  return (targets ?? []).filter(({ name }) => names.includes(name));
}

function refused(message: string): AuditError {
  return new AuditError("ERR_ARGUMENT", message, { argument: "targets" });
}
