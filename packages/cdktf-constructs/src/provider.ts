import { AuditgateProviderArguments } from "./gen/provider.ts";

/**
 * The auditgate provider, which every stack with audit data needs once, or once for each account or region.
 *
 * Credentials, region and endpoints come from the environment, a profile or `clouds.yaml` unless the configuration
 * says otherwise. Synthesizing puts the provider itself into the stack's folder.
 */
export class AuditgateProvider extends AuditgateProviderArguments {}
