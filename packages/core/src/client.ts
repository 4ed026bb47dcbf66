import { environment } from "./settings/environment.ts";
import { completeness, type Config, resolveConfig, timeoutOf } from "./settings/config.ts";
import { describeConfig, reportConfig, type SettingDescription } from "./settings/describe.ts";
import { environmentLayers, type Layer, settingsLayer } from "./settings/layer.ts";
import { allSources } from "./settings/sources.ts";
import { createClock } from "./http/clock.ts";
import { authorize } from "./http/identity.ts";
import { createSession, type Session } from "./credentials/session.ts";
import type { SignIn } from "./settings/identity/sign-in.ts";
import { AuditError, rephrase } from "./errors.ts";
import type { Answer, CallContext } from "./http/attempt.ts";
import type { Exchange } from "./http/exchange.ts";
import { type Logger, redactedLogger, silent } from "./logger.ts";
import { createPace, type Pace } from "./http/pace.ts";
import type { Service } from "./queries/query.ts";
import { checkOptions, checkScope, settingName } from "./settings/check-options.ts";
import { type ClientOptions, type Scope, settingsOf } from "./settings/options.ts";
import { canonicalQuery, encode } from "./http/signer.ts";
import { openLink } from "./http/link.ts";
import type { EncodedArgs } from "./reading/wire.ts";
import { createRedaction } from "./texts/redaction.ts";

/** Signs, sends and repeats requests over kept connections. Made by {@link createClient}. */
export interface Client {
  /** A client of another region or project over the same connections; a new region forgets the old project. */
  with(scope: Scope): Client;
  /** Ends all connections; readings under way fail with `ERR_ABORTED`. */
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
  /** For the readers of this package. */
  readonly connection: Connection;
}

/** What readers need of a client. */
export interface Connection {
  readonly logger: Logger;
  readonly timeoutMs: number;
  readonly concurrency: number;
  /** Requests at once that the service has shown to be good for, up to `concurrency`. */
  readonly width: number;
  now(): number;
  /** Warns of a field that no declaration knows, once for each. */
  reportField(query: string, field: string): void;
  /** Every setting in use. */
  describe(): Promise<readonly SettingDescription[]>;
  /** Region, project and origin of the identity, as far as the settings say them; nothing where they are in error. */
  place(): Promise<{
    region?: string | undefined;
    projectId?: string | undefined;
    identity?: string | undefined;
  }>;
  /** Region and project, looked up if need be. */
  scope(context: CallContext): Promise<{ readonly region: string | undefined; readonly projectId: string }>;
  /** One answer of a service. */
  get(service: Service, path: string, args: EncodedArgs, context: CallContext): Promise<Answer>;
}

const MACHINE = "the machine's own agency (ECS metadata)";

const optionOrigin = (name: string) => `option ${name}`;

const DEFAULT_CONCURRENCY = 64;

/**
 * A client for the audit queries. Nothing is sent, and no file read, before the first reading.
 *
 * @throws {AuditError} `ERR_CONFIG` for a setting that is malformed.
 */
export function createClient(options: ClientOptions = {}): Client {
  checkOptions(options);
  const { credentials, env = environment(), concurrency = DEFAULT_CONCURRENCY } = options;
  const redaction = createRedaction();
  const logger = redactedLogger(options.logger ?? silent, redaction);
  if (!(Number.isSafeInteger(concurrency) && concurrency > 0)) {
    throw new AuditError("ERR_CONFIG", `concurrency must be a whole number above 0, not ${concurrency}.`, {
      argument: "concurrency",
    });
  }
  const signIn: SignIn | undefined = credentials && {
    credentials,
    origin: "the option credentials",
    source: "the option credentials",
    parts: [],
    secret: undefined,
  };
  const configure = async (above: readonly Layer[]): Promise<Config> => {
    const sources = await allSources(above, env, process.cwd(), completeness(signIn));
    const config = resolveConfig(sources, env, signIn);
    return { ...config, timeoutMs: options.timeoutMs ?? config.timeoutMs };
  };
  const layers = [
    settingsLayer(settingsOf(options), optionOrigin),
    settingsLayer(options.settings ?? {}, options.settingOrigin ?? settingName),
  ];
  const { timeoutMs = timeoutOf([...layers, ...environmentLayers(env)]) } = options;
  const root = once(() => configure(layers));
  const clock = createClock();
  const pace = createPace(concurrency);
  const closed = new AbortController();
  const link = once(async () => {
    const config = await root();
    const { insecure, proxyOf, attempts } = config;
    if (insecure) logger.warn("insecure is set: server certificates are not verified.", {});
    reportConfig(config, logger);
    const reach = { connections: concurrency, ca: config.ca(), insecure, proxyOf };
    const parts = { logger, redaction, clock, pace, closed: closed.signal };
    const { onWait } = options;
    return openLink({ ...reach, attempts, timeoutMs: config.timeoutMs, onWait }, parts);
  });
  const close = async () => {
    closed.abort(new Error("the client was closed"));
    if (!link.started()) return;
    const opened = await link().catch(() => undefined);
    await opened?.transport.close();
  };

  const reported = new Set<string>();
  const reportField = (query: string, field: string) => {
    if (reported.has(`${query} ${field}`)) return;
    reported.add(`${query} ${field}`);
    logger.warn("The service sends a field that is not known yet.", { query, field });
  };

  const clientOf = (scope: Scope, above: readonly Layer[]): Client => {
    const settle = once(async () => {
      const own = above === layers ? await root() : await configure(above);
      // A project belongs to one region, so a client of another region must not inherit it.
      const moved = scope.region !== undefined && scope.region !== (await root()).region;
      return moved ? { ...own, projectId: scope.projectId, projectName: scope.region } : own;
    });
    const work = once(async () => {
      const opened = await link();
      const config = await settle();
      const session = createSession(config, opened, { now: clock.now, closed: closed.signal });
      return { config, exchange: opened.exchange, session };
    });
    return {
      with(next) {
        checkScope(next);
        const moved = { ...scope, ...next };
        return clientOf(moved, [settingsLayer(moved, optionOrigin), ...layers]);
      },
      close,
      [Symbol.asyncDispose]: close,
      connection: connectionOf({ settle, work }, pace, {
        logger,
        timeoutMs,
        concurrency,
        now: clock.now,
        reportField,
      }),
    };
  };
  return clientOf({}, layers);
}

/**
 * Every setting that a client uses: its value (of a key "set, 40 characters", of passwords and tokens "set"), where it
 * was found, and what else it shadows. Reads files, sends nothing.
 *
 * @throws {AuditError} `ERR_CONFIG` as the first reading would.
 */
export function describeSettings(client: Client): Promise<readonly SettingDescription[]> {
  return client.connection.describe();
}

interface Work {
  readonly config: Config;
  readonly exchange: Exchange;
  readonly session: Session;
}

function connectionOf(
  { settle, work }: { settle(): Promise<Config>; work(): Promise<Work> },
  pace: Pace,
  facts: Pick<Connection, "logger" | "timeoutMs" | "concurrency" | "now" | "reportField">,
): Connection {
  return {
    ...facts,
    get width() {
      return pace.width;
    },
    async describe() {
      return describeConfig(await settle());
    },
    async place() {
      const config = await settle().catch(() => undefined);
      return config ? { ...config, identity: config.signIn?.source ?? MACHINE } : {};
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

function once<T>(make: () => Promise<T>): { (): Promise<T>; started(): boolean } {
  let made: Promise<T> | undefined;
  return Object.assign(() => (made ??= make()), { started: () => made !== undefined });
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
