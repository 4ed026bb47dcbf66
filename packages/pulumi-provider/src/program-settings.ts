import type { Client, Settings } from "@auditgate/core";
import * as pulumi from "@pulumi/pulumi";
import { clientOf } from "./settings/clients.ts";
import { NAMESPACE, settingsFrom } from "./settings/config.ts";
import { settingsOf } from "./settings/provider-instance.ts";

const logger = { debug() {}, warn: (message: string) => void pulumi.log.warn(message) };

/** The client in the program itself: of a provider's settings, or of the stack's configuration. */
export function programClient(settings: Settings | undefined): Client {
  return clientOf(settings ?? stackSettings(), logger);
}

/**
 * The settings of the provider that a reading would have, undefined where it is the stack's configuration.
 *
 * @throws {RunError} for a provider of another package, whose settings the program cannot see.
 */
export function providerSettings(
  provider: pulumi.ProviderResource | undefined,
): pulumi.Output<Settings | undefined> {
  if (provider === undefined) return pulumi.output(undefined);
  const settings = settingsOf(provider);
  if (settings) return settings;
  throw new pulumi.RunError(
    "provider must be a Provider of @auditgate/pulumi-provider, for the program reads its settings.",
  );
}

/** The type of what reads audit data: whose provider a program can name, or inherit from a parent. */
export const READING_TYPE = "pulumi-nodejs:dynamic:Resource";

function stackSettings(): Settings {
  const config = new pulumi.Config(NAMESPACE);
  return settingsFrom((name) => config.get(name));
}
