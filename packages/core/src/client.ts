import { type Connection, connectionOf } from "./connection.ts";
import { AuditError } from "./errors.ts";
import { environment } from "./settings/environment.ts";
import { completeness, type Config, resolveConfig, timeoutOf } from "./settings/config.ts";
import { reportConfig, type SettingDescription } from "./settings/describe.ts";
import { environmentLayers, type Layer, settingsLayer } from "./settings/layer.ts";
import { allSources } from "./settings/sources.ts";
import { createClock } from "./http/clock.ts";
import { createSession } from "./credentials/session.ts";
import type { SignIn } from "./settings/identity/sign-in.ts";
import { redactedLogger, silent } from "./logger.ts";
import { createPace } from "./http/pace.ts";
import { checkOptions, checkScope, settingName } from "./settings/check-options.ts";
import { type ClientOptions, type Scope, settingsOf } from "./settings/options.ts";
import { openLink } from "./http/link.ts";
import { createRedaction } from "./texts/redaction.ts";

/** Signs, sends and repeats requests over kept connections. Made by {@link createClient}. */
export interface Client {
  /**
   * A client of another region or project over the same connections: itself where none is named. A new region forgets
   * the old project.
   *
   * @throws {AuditError} `ERR_CONFIG` for what is neither.
   */
  with(scope: Scope): Client;
  /** Ends all connections; readings under way fail with `ERR_ABORTED`. */
  close(): Promise<void>;
  /** As `close`, for `await using`. */
  [Symbol.asyncDispose](): Promise<void>;
  /** For the readers of this package. */
  readonly connection: Connection;
}

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
    const self: Client = {
      with(next) {
        checkScope(next);
        const moved = movedTo(next, scope);
        if (moved === scope) return self;
        return clientOf(moved, [settingsLayer(moved, optionOrigin), ...layers]);
      },
      close,
      [Symbol.asyncDispose]: close,
      connection: connectionOf({ settle, work }, pace, {
        logger,
        timeoutMs,
        concurrency,
        clock,
        redaction,
        reportField,
      }),
    };
    return self;
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

/** Where `next` leads to from `scope`; `scope` itself where it names nothing. */
function movedTo(next: Scope, scope: Scope): Scope {
  const region = next.region ?? undefined;
  const projectId = next.projectId ?? undefined;
  if (region === undefined && projectId === undefined) return scope;
  // A project belongs to one region.
  const isElsewhere = region !== undefined && scope.region !== undefined && region !== scope.region;
  return {
    region: region ?? scope.region,
    projectId: projectId ?? (isElsewhere ? undefined : scope.projectId),
  };
}

function once<T>(make: () => Promise<T>): { (): Promise<T>; started(): boolean } {
  let made: Promise<T> | undefined;
  return Object.assign(() => (made ??= make()), { started: () => made !== undefined });
}
