import { subjectsOf } from "../gate/subjects.ts";
import { validatePolicy } from "../gate/policy/validate-policy.ts";
import type { FleetPolicy } from "../policy-file/policy-file.ts";
import { selectTargets } from "./select-targets.ts";

/** A query that a policy asks, of whom, and where. */
export interface FleetSubject {
  /** Name of the target; null for the one place that the environment names. */
  readonly target: string | null;
  readonly query: string;
  /** ID of the cluster or instance. */
  readonly subject: string;
}

/** Options of {@link fleetSubjects}. */
export interface FleetSubjectsOptions {
  /** Names of the targets; all if absent. */
  readonly targets?: readonly string[] | undefined;
}

/**
 * What a policy judges, in its order.
 *
 * @throws {AuditError} `ERR_ARGUMENT` for a policy that is malformed, or a target that it does not have.
 */
export async function fleetSubjects(
  policy: FleetPolicy,
  options: FleetSubjectsOptions = {},
): Promise<readonly FleetSubject[]> {
  const { targets: all, ...rest } = policy;
  const subjects = subjectsOf(validatePolicy(rest));
  return selectTargets(all, options.targets).flatMap((target) =>
    subjects.map(({ query, id }) => ({ target: target?.name ?? null, query, subject: id })),
  );
}
