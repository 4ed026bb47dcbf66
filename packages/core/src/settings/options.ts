import type { Environment } from "./layer.ts";
import type { Credentials } from "./identity/credentials.ts";
import type { Logger, Waiting } from "../logger.ts";
import type { Settings } from "./settings.types.ts";

/** What `createClient` can be told; whatever is absent comes from the environment. */
export interface ClientOptions {
  /** Base domain, such as `otc.t-systems.com`; known from the region if absent. */
  readonly cloud?: string | undefined;
  /** Region, such as `eu-de`. */
  readonly region?: string | undefined;
  /** ID of the project; looked up by its name if absent. */
  readonly projectId?: string | undefined;
  /** Looked up where no id is known; the region's own project if absent. */
  readonly projectName?: string | undefined;
  /** Profile of the shared configuration file, or cloud of `clouds.yaml`. */
  readonly profile?: string | undefined;
  /** Path of the file with the profiles: INI, or as the hcloud command line writes it; its usual places if absent. */
  readonly sharedConfigFile?: string | undefined;
  /** What to sign in with, in place of all that the environment and profiles name. */
  readonly credentials?: Credentials | undefined;
  /** Scheme, host and port of each service; plain http only to this machine. */
  readonly endpoints?:
    | {
        readonly dws?: string | undefined;
        readonly dds?: string | undefined;
        readonly iam?: string | undefined;
      }
    | undefined;
  /** How often a request that fails is made again. */
  readonly retry?:
    | { /** Attempts of one request; 3 if absent. */ readonly attempts?: number | undefined }
    | undefined;
  /** Time that one reading may take in all, or one page of a stream [ms]; 300,000 if absent. */
  readonly timeoutMs?: number | undefined;
  /** Requests at once; 64 if absent. */
  readonly concurrency?: number | undefined;
  /** Further certificate authorities: PEM, or the path of a PEM file. */
  readonly caCert?: string | undefined;
  /** Accept any server certificate; warns. */
  readonly insecure?: boolean | undefined;
  /** Ask the metadata service of the machine (ECS) where no credentials are found; true if absent. */
  readonly metadata?: boolean | undefined;
  /** Where the client reports what it does. */
  readonly logger?: Logger | undefined;
  /** Told, at most every five seconds, that a service asks to slow down and how long is waited: for a status line. */
  readonly onWait?: ((waiting: Waiting) => void) | undefined;
  /** Settings under the names that Terraform arguments and Pulumi config keys have; the options beside it win. */
  readonly settings?: Settings | undefined;
  /** How messages name one of `settings`, such as `endpoints.dws`; `setting endpoints.dws` if absent. */
  readonly settingOrigin?: ((name: string) => string) | undefined;
  /** Variables to use in place of `process.env`. */
  readonly env?: Environment | undefined;
}

/** Region and project to work in. */
export interface Scope {
  /** Region, such as `eu-de`; what it was if absent. */
  readonly region?: string | undefined;
  /** ID of the project; if absent what it was, or in another region that region's own. */
  readonly projectId?: string | undefined;
}

/** The options under the names that settings have at every door. */
export function settingsOf(options: ClientOptions): Settings {
  const {
    cloud,
    region,
    projectId,
    projectName,
    profile,
    sharedConfigFile,
    endpoints,
    retry,
    caCert,
    insecure,
    metadata,
  } = options;
  const maxRetries = retry?.attempts === undefined ? undefined : retry.attempts - 1;
  return {
    cloud,
    region,
    projectId,
    projectName,
    profile,
    sharedConfigFile,
    endpoints,
    maxRetries,
    cacertFile: caCert,
    insecure,
    metadata,
  };
}
