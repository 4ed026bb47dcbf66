import type { Client, Logger } from "@auditgate/core";
import type { dynamic } from "@pulumi/pulumi";
import { clientOf } from "../settings/clients.ts";
import { NAMESPACE, settingsFrom } from "../settings/config.ts";

/** Pulumi's provider process: stderr is shown among the diagnostics, stdout is its protocol. */
export const logger = {
  debug() {},
  warn: (message: string) => console.error(`warning: ${message}`),
} satisfies Logger;

/**
 * The client in Pulumi's provider process, of the configuration that a read is called with.
 *
 * @throws {AuditError} `ERR_CONFIG` as {@link settingsFrom} and core do.
 */
export function runtimeClient(config: dynamic.Config | undefined): Client {
  return clientOf(
    settingsFrom((name) => config?.get(`${NAMESPACE}:${name}`)),
    logger,
  );
}
