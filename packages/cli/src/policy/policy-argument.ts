import { checkPolicyFile, type PolicyFile } from "@auditgate/core";
import { UsageError } from "../usage-error.ts";

/**
 * The policy file that a command line names.
 *
 * @throws {UsageError} With a line for each mistake in it.
 */
export async function readPolicy(path: string): Promise<PolicyFile> {
  const { file, mistakes } = await checkPolicyFile(path);
  if (file) return file;
  const count = mistakes.length === 1 ? "1 mistake" : `${mistakes.length} mistakes`;
  throw new UsageError(`${count} in the policy\n${mistakes.join("\n")}`);
}
