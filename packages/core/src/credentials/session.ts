import type { Config } from "../settings/config.ts";
import { fitsHeader, unfit } from "../settings/header-text.ts";
import { AuditError } from "../errors.ts";
import type { CallContext } from "../http/attempt.ts";
import type { Identity } from "../http/identity.ts";
import type { AssumeRole, StaticCredentials } from "../settings/sign-in.ts";
import type { Iam } from "./iam.ts";
import { singleFlight } from "./single-flight.ts";

/** Who a client is: an identity that is renewed in time, and the project it works in. */
export interface Session {
  identity(context: CallContext): Promise<Identity>;
  projectId(context: CallContext): Promise<string>;
  /** Forgets a refused identity; true where the next one is a new one. */
  renew(refused: Identity): boolean;
  /** Where the credentials came from, for messages. */
  readonly origin: string;
}

// Renewed this long before they expire, so that no request of a reading meets the end.
const RENEW_BEFORE_MS = 5 * 60_000;

/** Where identities come from, beside the configuration itself. */
export interface IdentitySources {
  readonly iam: Iam;
  /** The identity of the machine that this runs on, or undefined where it has none. */
  metadata(): Promise<Identity | undefined>;
}

/** A session of one region and project. */
export function createSession(config: Config, sources: IdentitySources, now: () => number): Session {
  const { signIn } = config;
  const { iam } = sources;
  let current: Identity | undefined;
  let projectOfToken: string | undefined;

  const identity = singleFlight(async (context) => {
    if (!signIn) {
      const machine = await sources.metadata();
      if (!machine) throw noCredentials(config);
      return config.assumeRole ? iam.assume(config.assumeRole, machine, context) : machine;
    }
    const credentials =
      typeof signIn.credentials === "function" ? await signIn.credentials() : signIn.credentials;
    const role = credentials.assumeRole ?? config.assumeRole;
    const base = await identify(credentials, role, context);
    return role ? iam.assume(role, base, context) : base;
  });

  const projectId = singleFlight(async (context) => {
    const self = await session.identity(context);
    if (projectOfToken !== undefined) return projectOfToken;
    if (config.projectName === undefined) throw noProject(config);
    return iam.projectId(config.projectName, self, context);
  });

  async function identify(
    credentials: StaticCredentials,
    role: AssumeRole | undefined,
    context: CallContext,
  ): Promise<Identity> {
    if ("token" in credentials) {
      checkSent(credentials.token, "token");
      return { token: credentials.token };
    }
    if ("accessKey" in credentials) {
      const { accessKey, secretKey, securityToken } = credentials;
      checkSent(accessKey, "accessKey");
      checkSent(securityToken, "securityToken");
      return { accessKey, secretKey, securityToken };
    }
    const token = await iam.passwordToken(credentials, role ? "account" : config, context);
    // An agency works in its owner's project, not in the one of this token.
    if (!role) projectOfToken = token.projectId;
    return token.identity;
  }

  const session: Session = {
    origin: signIn?.origin ?? "the machine's own agency (ECS metadata)",

    async identity(context) {
      if (current?.expiresAt !== undefined && current.expiresAt - RENEW_BEFORE_MS < now())
        session.renew(current);
      current = await identity.get(context);
      return current;
    },

    async projectId(context) {
      return config.projectId ?? projectId.get(context);
    },

    renew(refused) {
      const renewable =
        !signIn || typeof signIn.credentials === "function" || refused.expiresAt !== undefined;
      if (renewable && current === refused) {
        identity.reset();
        current = undefined;
      }
      return renewable;
    },
  };
  return session;
}

// What a function hands over was in no source that would have been looked at.
function checkSent(text: string | undefined, name: string): void {
  if (text !== undefined && !fitsHeader(text)) throw unfit(`${name} of the credentials`, name);
}

function noCredentials({ sources }: Config): AuditError {
  const notes = sources.notes.map((note) => ` ${note}.`).join("");
  return new AuditError(
    "ERR_CONFIG",
    `No credentials were found in options, environment, profile or ECS metadata (where \`metadata\` does not forbid it): set accessKey and secretKey (AUDITGATE_ACCESS_KEY, AUDITGATE_SECRET_KEY), a token (AUDITGATE_TOKEN), or userName, password and domainName (AUDITGATE_USER_NAME, AUDITGATE_PASSWORD, AUDITGATE_DOMAIN_NAME).${notes}`,
    { argument: "accessKey" },
  );
}

function noProject({ sources }: Config): AuditError {
  const profiles = sources.layers.flatMap(({ label }) => (label === undefined ? [] : [label]));
  const silent = profiles.length > 0 ? ` Neither is in ${profiles.join(" or ")}.` : "";
  return new AuditError(
    "ERR_CONFIG",
    `No project is known: set projectId (AUDITGATE_PROJECT_ID), projectName or region.${silent}`,
    { argument: "projectId" },
  );
}
