import { type ClientOptions } from "@auditgate/core";
import { UsageError } from "./usage-error.ts";
import { readPolicy } from "./policy/policy-argument.ts";

/** Where a command reads, beside what the environment says. */
export interface PlaceOptions {
  readonly policy?: string;
  readonly target?: string;
  readonly profile?: string;
  readonly region?: string;
  readonly projectId?: string;
}

/**
 * What a client is told of the place: the target of a policy, and what the command line says beside it.
 *
 * @throws {UsageError} For a target that the policy does not have.
 */
export async function placeSettings(options: PlaceOptions): Promise<ClientOptions> {
  const { profile, region, projectId } = options;
  return { profile, region, projectId, ...(await targetSettings(options)) };
}

async function targetSettings({
  policy: path,
  target,
}: PlaceOptions): Promise<Pick<ClientOptions, "settings">> {
  if (path === undefined) {
    if (target !== undefined) throw new UsageError("--target names a target of a policy: give --policy too");
    return {};
  }
  const { policy } = await readPolicy(path);
  const { targets = [] } = policy;
  const found = targets.find(({ name }) => name === target);
  if (!found) {
    const names = targets.map(({ name }) => name).join(", ") || "none";
    throw new UsageError(
      target === undefined
        ? `give --target: ${path} has ${names}`
        : `${path} has no target ${target}; it has ${names}`,
    );
  }
  const { name: _, ...settings } = found;
  return { settings };
}
