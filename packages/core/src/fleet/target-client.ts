import { type Client, createClient } from "../client.ts";
import type { ClientOptions } from "../settings/options.ts";
import type { Target } from "../policy-file/target.ts";
import type { FleetOptions } from "./fleet-options.ts";

/** Targets that are worked on at once: each waits for another service, and memory is shared. */
export const TARGETS_AT_ONCE = 4;

/** A client of one target's own, with its own pace and budget; of the place that the environment names without one. */
export function targetClient(
  target: Target | undefined,
  { env, logger, onWait }: Pick<FleetOptions, "env" | "logger" | "onWait">,
  more: Pick<ClientOptions, "retry" | "timeoutMs"> = {},
): Client {
  const { name, ...settings } = target ?? { name: null };
  return createClient({
    ...more,
    ...(target && { settings, settingOrigin: (setting) => `${setting} of target ${target.name}` }),
    env,
    logger,
    onWait: onWait && ((waiting) => onWait(name, waiting)),
  });
}
