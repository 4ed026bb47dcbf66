import type { Config } from "../settings/config.ts";
import { fitsHeader, unfit } from "../settings/header-text.ts";
import { AuditError } from "../errors.ts";
import type { CallContext } from "../http/attempt.ts";
import type { Exchange } from "../http/exchange.ts";
import type { Identity } from "../http/identity.ts";
import type { Transport } from "../http/message.ts";
import type {
  AssumeRole,
  ContainerCredentials,
  StaticCredentials,
} from "../settings/identity/credentials.ts";
import { containerIdentity } from "./container.ts";
import { federatedIdentity } from "./federation.ts";
import { createIam } from "./iam.ts";
import { metadataIdentity } from "./metadata.ts";
import type { SignIn } from "../settings/identity/sign-in.ts";
import { singleFlight } from "./single-flight.ts";

/** Who a client is: an identity that is renewed in time, and the project it works in. */
export interface Session {
  identity(context: CallContext): Promise<Identity>;
  projectId(context: CallContext): Promise<string>;
  /** Forgets a refused identity; true where the next one is a new one. */
  renew(refused: Identity): boolean;
  /** Where the credentials came from, for messages. */
  readonly origin: string;
  /** Whether it has, or has had, an identity. */
  readonly isKnown: boolean;
}

// Renewed this long before they expire, so that no request of a reading meets the end.
const RENEW_BEFORE_MS = 5 * 60_000;

/** A session of one region and project, over connections that last until the client closes. */
export function createSession(
  config: Config,
  { transport, exchange }: { readonly transport: Transport; readonly exchange: Exchange },
  { now, closed }: { now(): number; readonly closed: AbortSignal },
): Session {
  const { signIn } = config;
  const iam = createIam(exchange, () => config.endpoint("iam"));
  let current: Identity | undefined;
  let isKnown = false;
  let projectOfToken: string | undefined;

  const identity = singleFlight(async (context) => {
    if (!signIn) {
      const service = config.metadataEndpoint();
      const machine = service === undefined ? undefined : await metadataIdentity(transport, service, closed);
      if (!machine) throw noCredentials(config);
      return config.assumeRole ? iam.assume(config.assumeRole, machine, context) : machine;
    }
    const credentials =
      typeof signIn.credentials === "function" ? await signIn.credentials() : signIn.credentials;
    const role = ("assumeRole" in credentials ? credentials.assumeRole : undefined) ?? config.assumeRole;
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
    credentials: StaticCredentials | ContainerCredentials,
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
    if ("containerUri" in credentials) return containerIdentity(credentials, exchange, context);
    if ("idTokenFile" in credentials) {
      const named = signIn?.parts.find(({ name }) => name === "idTokenFile");
      checkSent(credentials.idpId, "idpId");
      return federatedIdentity(credentials, named?.origin ?? "idTokenFile of the credentials", iam, context);
    }
    const token = await iam.passwordToken(credentials, role ? "account" : config, context);
    // An agency works in its owner's project, not in the one of this token.
    if (!role) projectOfToken = token.projectId;
    return token.identity;
  }

  const session: Session = {
    origin: signIn?.origin ?? "the machine's own agency (ECS metadata)",

    get isKnown() {
      return isKnown;
    },

    async identity(context) {
      if (current?.expiresAt !== undefined && current.expiresAt - RENEW_BEFORE_MS < now())
        session.renew(current);
      current = await identity.get(context);
      isKnown = true;
      return current;
    },

    async projectId(context) {
      return config.projectId ?? projectId.get(context);
    },

    renew(refused) {
      const renewable = canBeRenewed(signIn) || refused.expiresAt !== undefined;
      if (renewable && current === refused) {
        identity.reset();
        current = undefined;
      }
      return renewable;
    },
  };
  return session;
}

/** Whether asking again gives another identity, also where nobody says until when the last one counts. */
function canBeRenewed(signIn: SignIn | undefined): boolean {
  if (!signIn || typeof signIn.credentials === "function") return true;
  return "containerUri" in signIn.credentials || "idTokenFile" in signIn.credentials;
}

// What a function hands over was in no source that would have been looked at.
function checkSent(text: string | undefined, name: string): void {
  if (text !== undefined && !fitsHeader(text)) throw unfit(`${name} of the credentials`, name);
}

function noCredentials({ sources }: Config): AuditError {
  const notes = sources.notes.map((note) => ` ${note}.`).join("");
  return new AuditError(
    "ERR_CONFIG",
    `No credentials were found in options, environment, profile or ECS metadata (where \`metadata\` does not forbid it): set accessKey and secretKey (AUDITGATE_ACCESS_KEY, AUDITGATE_SECRET_KEY), a token (AUDITGATE_TOKEN), userName, password and domainName (AUDITGATE_USER_NAME, AUDITGATE_PASSWORD, AUDITGATE_DOMAIN_NAME), or, without a key, idpId and idTokenFile (AUDITGATE_IDP_ID, AUDITGATE_ID_TOKEN_FILE).${notes}`,
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
