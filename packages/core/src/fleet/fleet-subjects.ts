import { AuditError, rephrase } from "../errors.ts";
import { inOrder } from "../gate/in-order.ts";
import { nameSubjects } from "../gate/name-subjects.ts";
import type { GatePolicy } from "../gate/policy/policy.types.ts";
import { validatePolicy } from "../gate/policy/validate-policy.ts";
import type { FleetPolicy } from "../policy-file/policy-file.ts";
import type { Target } from "../policy-file/target.ts";
import type { FleetOptions } from "./fleet-options.ts";
import { selectTargets } from "./select-targets.ts";
import { targetClient, TARGETS_AT_ONCE } from "./target-client.ts";

/** A query that a policy asks, of whom, and where. */
export interface FleetSubject {
  /** Name of the target; null for the one place that the environment names. */
  readonly target: string | null;
  /** Query, such as `dws_audit_dump_records`. */
  readonly query: string;
  /** ID of the cluster or instance. */
  readonly subject: string;
}

/** Options of {@link fleetSubjects}. */
export type FleetSubjectsOptions = Pick<FleetOptions, "targets" | "signal" | "logger" | "env" | "onWait">;

/**
 * What a policy judges, in its order. Where it says `"*"`, the service is asked what that means.
 *
 * @throws {AuditError} `ERR_ARGUMENT` for a policy that is malformed, or a target that it does not have;
 *   `ERR_INCOMPLETE` for a list that cannot be proved complete, and what `read` throws, naming the target.
 */
export async function fleetSubjects(
  policy: FleetPolicy,
  options: FleetSubjectsOptions = {},
): Promise<readonly FleetSubject[]> {
  const { targets: all, ...rest } = policy;
  const valid = validatePolicy(rest);
  const chosen = selectTargets(all, options.targets);
  const found: FleetSubject[] = [];
  const named = inOrder(chosen, TARGETS_AT_ONCE, (target) => subjectsIn(valid, target, options));
  for await (const subjects of named) found.push(...subjects);
  return found;
}

async function subjectsIn(
  policy: GatePolicy,
  target: Target | undefined,
  options: FleetSubjectsOptions,
): Promise<readonly FleetSubject[]> {
  const client = targetClient(target, options);
  try {
    const names = await nameSubjects(client, policy, options.signal ?? new AbortController().signal);
    return names.map((name) => ({ target: target?.name ?? null, ...name }));
  } catch (error) {
    if (!target || !AuditError.is(error)) throw error;
    throw rephrase(error, `${target.name}: ${error.message}`);
  } finally {
    await client.close();
  }
}
