import { AuditError } from "../errors.ts";
import type { Environment } from "../settings/environment.ts";
import { checkPolicyFile, type FleetPolicy } from "./policy-file.ts";

/**
 * The policy of a file, YAML or JSON, checked: for `evaluateFleet`, and where it names no targets for `evaluateGate`
 * and the gates of every door.
 *
 * @param path - Path of the file.
 * @param env - Variables that settings of targets may name, as `${NAME}`; those of the process if absent.
 * @throws {AuditError} `ERR_ARGUMENT` for a file that cannot be read, or has mistakes: all of them, with their lines.
 */
export async function loadPolicy(path: string, env?: Environment): Promise<FleetPolicy> {
  const { file, mistakes } = await checkPolicyFile(path, env);
  if (file) return file.policy;
  throw new AuditError("ERR_ARGUMENT", `The policy file is not right: ${mistakes.join("; ")}.`, {
    argument: "policy",
  });
}
