import type { Session } from "./credentials/session.ts";
import { AuditError, rephrase } from "./errors.ts";
import type { Answer, CallContext } from "./http/attempt.ts";
import type { Clock } from "./http/clock.ts";
import type { Exchange } from "./http/exchange.ts";
import { authorize } from "./http/identity.ts";
import type { Pace } from "./http/pace.ts";
import { canonicalQuery, encode } from "./http/signer.ts";
import type { Logger } from "./logger.ts";
import type { Service } from "./queries/query.ts";
import type { EncodedArgs } from "./reading/wire.ts";
import type { Trust } from "./settings/authorities.ts";
import type { Config } from "./settings/config.ts";
import { describeConfig, type SettingDescription } from "./settings/describe.ts";
import type { ServiceName } from "./settings/endpoints.ts";
import type { Proxy } from "./settings/proxy.ts";
import type { Redaction } from "./texts/redaction.ts";

/** How requests get to a service. */
export interface Reach extends Trust {
  /** Scheme, host and port. */
  readonly origin: string;
  /** Proxy on the way; undefined where there is none. */
  readonly proxy: Proxy | undefined;
  /** Knows what no message may say. */
  readonly redaction: Redaction;
}

/** What readers need of a client. */
export interface Connection {
  /** Where readers report what they do. */
  readonly logger: Logger;
  /** Time that one reading may take in all, or one page of a stream [ms]. */
  readonly timeoutMs: number;
  /** Most requests at once. */
  readonly concurrency: number;
  /** Requests at once that the service has shown to be good for, up to `concurrency`. */
  readonly width: number;
  /** The service's time as far as it is known, else the machine's [ms since 1970-01-01 UTC]. */
  now(): number;
  /** Warns of a field that no declaration knows, once for each. */
  reportField(query: string, field: string): void;
  /** Every setting in use. */
  describe(): Promise<readonly SettingDescription[]>;
  /**
   * Region, project and origin of the identity, as far as the settings say them; nothing where they are in error. The
   * machine's own identity is said once it was had.
   */
  place(): Promise<{
    region?: string | undefined;
    projectId?: string | undefined;
    identity?: string | undefined;
    /** False where the documents of the cloud are Open Telekom Cloud's. */
    enterpriseProjects?: boolean;
  }>;
  /** Region and project, looked up if need be. */
  scope(context: CallContext): Promise<{ readonly region: string | undefined; readonly projectId: string }>;
  /** How a service is reached; reads the certificate authorities. */
  reach(service: ServiceName): Promise<Reach>;
  /** Signs in, as far as that needs a request. */
  identify(context: CallContext): Promise<void>;
  /** The service's time minus the machine's, as the latest answer had it [ms]; undefined before there was one. */
  readonly skewMs: number | undefined;
  /** One answer of a service. */
  get(service: Service, path: string, args: EncodedArgs, context: CallContext): Promise<Answer>;
}

const MACHINE = "the machine's own agency (ECS metadata)";

/** What a connection works with, once it is needed. */
export interface Work {
  readonly config: Config;
  readonly exchange: Exchange;
  readonly session: Session;
}

/** What readers need of a client, which makes the parts of it when they are needed. */
export function connectionOf(
  { settle, work }: { settle(): Promise<Config>; work(): Promise<Work> },
  pace: Pace,
  {
    clock,
    redaction,
    ...facts
  }: Pick<Connection, "logger" | "timeoutMs" | "concurrency" | "reportField"> & {
    readonly clock: Clock;
    readonly redaction: Redaction;
  },
): Connection {
  return {
    ...facts,
    now: clock.now,
    get skewMs() {
      return clock.skewMs;
    },
    async reach(service) {
      const config = await settle();
      const origin = config.endpoint(service);
      const proxy = config.proxyOf(origin);
      redaction.add(proxy ? [...proxy.secrets, proxy.authorization] : []);
      return { origin, proxy, redaction, ca: config.ca(), insecure: config.insecure };
    },
    async identify(context) {
      await (await work()).session.identity(context);
    },
    get width() {
      return pace.width;
    },
    async describe() {
      return describeConfig(await settle());
    },
    async place() {
      const config = await settle().catch(() => undefined);
      if (!config) return {};
      // Where nothing names credentials, only the machine itself can say whether it has some.
      const machine = async () => ((await work()).session.isKnown ? MACHINE : undefined);
      return { ...config, identity: config.signIn?.source ?? (await machine().catch(() => undefined)) };
    },
    async scope(context) {
      const { config, session } = await work();
      return { region: config.region, projectId: await session.projectId(context) };
    },
    async get(service, path, { labels, parameters, enterpriseProjectParameter: every }, context) {
      const { config, exchange, session } = await work();
      const projectId = await session.projectId(context);
      const values: { readonly [label: string]: string } = { ...labels, project_id: projectId };
      const request = {
        method: "GET" as const,
        path: path.replace(/\{(\w+)\}/g, (_, label: string) => labelled(label, values[label] ?? "")),
        query: canonicalQuery(
          every !== undefined && config.enterpriseProjects && parameters.every(([name]) => name !== every)
            ? [...parameters, [every, "all_granted_eps"]]
            : parameters,
        ),
        headers: { "x-project-id": projectId },
        origin: config.endpoint(service),
      };
      try {
        return await exchange({
          ...context,
          identity: () => session.identity(context),
          prepare: (identity, now) => authorize(request, identity, now),
          renew: (refused) => session.renew(refused),
        });
      } catch (error) {
        throw AuditError.is(error) ? withOrigin(error, session.origin) : error;
      }
    },
  };
}

function withOrigin(error: AuditError, origin: string): AuditError {
  if (error.code !== "ERR_UNAUTHENTICATED" && error.code !== "ERR_FORBIDDEN") return error;
  return rephrase(error, `${error.message} Signed in with ${origin}.`);
}

/** A label as it stands in a path. A segment of dots would lead elsewhere, and none would too. */
function labelled(label: string, value: string): string {
  if (!/^\.*$/.test(value) && !/[/\\]/.test(value)) return encode(value);
  throw new AuditError("ERR_ARGUMENT", `${label} cannot be a part of a path: ${JSON.stringify(value)}.`, {
    argument: label === "project_id" ? "projectId" : undefined,
  });
}
