import { AuditError } from "../errors.ts";
import type { FleetOptions } from "../fleet/fleet-options.ts";
import { selectTargets } from "../fleet/select-targets.ts";
import { targetClient } from "../fleet/target-client.ts";
import type { FleetPolicy } from "../policy-file/policy-file.ts";
import type { Target } from "../policy-file/target.ts";
import type { Client } from "../client.ts";
import { diagnoseClient, PATIENCE_MS, unset } from "./diagnose.ts";
import type { Diagnosis } from "./diagnosis.ts";

/** Options of {@link diagnoseFleet}. */
export type DiagnoseOptions = Pick<FleetOptions, "targets" | "signal" | "logger" | "env">;

/**
 * Looks at each target, or at the one place that the environment names: settings and where they come from, endpoints with
 * their certificates and proxies, sign-in, project, clock, and each query that the policy needs, asked once. All that is
 * found is safe to paste into an issue.
 *
 * @param policy - Validated, as `loadPolicy` gives it; every query is asked without one.
 * @throws {AuditError} `ERR_ARGUMENT` for a target that the policy does not have; `ERR_ABORTED`. Every other failure is
 *   part of the result.
 */
export async function diagnoseFleet(
  policy: FleetPolicy | undefined,
  options: DiagnoseOptions = {},
): Promise<readonly Diagnosis[]> {
  const chosen = selectTargets(policy?.targets, options.targets);
  return await Promise.all(chosen.map((target) => diagnoseTarget(policy, target, options)));
}

async function diagnoseTarget(
  policy: FleetPolicy | undefined,
  target: Target | undefined,
  options: DiagnoseOptions,
): Promise<Diagnosis> {
  const name = target?.name ?? null;
  let client: Client | undefined;
  try {
    // One attempt: who waits wants to know what happens, not whether it happens again.
    client = targetClient(target, options, { retry: { attempts: 1 }, timeoutMs: PATIENCE_MS });
    return { target: name, ...(await diagnoseClient(client, policy, options.signal)) };
  } catch (error) {
    if (!AuditError.is(error) || error.code === "ERR_ABORTED") throw error;
    return { target: name, ...unset(error) };
  } finally {
    await client?.close();
  }
}
