import { AuditError, rephrase } from "../errors.ts";
import type { Answer, CallContext, Task } from "../http/attempt.ts";
import type { Exchange } from "../http/exchange.ts";
import { authorize, type Identity } from "../http/identity.ts";
import type { AssumeRole, PasswordCredentials } from "../settings/identity/credentials.ts";
import { expiryOf, temporaryKey } from "./temporary-key.ts";

/** Requests to IAM. The token POSTs are the only requests of this package that are no GET. */
export interface Iam {
  /** @see https://docs.otc.t-systems.com/identity-access-management/api-ref/apis/token_management/obtaining_a_user_token.html */
  passwordToken(
    credentials: PasswordCredentials,
    scope: ProjectScope | "account",
    context: CallContext,
  ): Promise<{ identity: Identity; projectId: string | undefined }>;
  /**
   * A temporary key for the token of an identity provider, by way of a token of IAM's own.
   *
   * @see https://support.huaweicloud.com/intl/en-us/api-iam/iam_13_0605.html
   */
  federatedKey(idpId: string, idToken: string, context: CallContext): Promise<Identity>;
  /** @see https://support.huaweicloud.com/intl/en-us/api-iam/iam_04_0101.html */
  assume(role: AssumeRole, base: Identity, context: CallContext): Promise<Identity>;
  /** @see https://support.huaweicloud.com/intl/en-us/api-iam/iam_06_0001.html */
  projectId(name: string, identity: Identity, context: CallContext): Promise<string>;
}

/** Project that a token is for; a token for the account as a whole can only assume an agency. */
export interface ProjectScope {
  readonly projectId: string | undefined;
  readonly projectName: string | undefined;
  /** Account of the project, where it is not the user's. */
  readonly projectDomain: { readonly id: string } | { readonly name: string } | undefined;
}

/** As long as the SDKs ask for [s]. */
const FEDERATED_SECONDS = 21_600;

const JSON_TYPE = { "content-type": "application/json" };

/** IAM at `origin`. */
export function createIam(exchange: Exchange, origin: () => string): Iam {
  const call = (
    request: Omit<Parameters<typeof authorize>[0], "origin">,
    identity: Identity | undefined,
    context: CallContext,
  ) => {
    const task: Task = {
      ...context,
      prepare: (_identity, now) => authorize({ ...request, origin: origin() }, identity, now),
    };
    return exchange(task);
  };
  const keyFor = async (identity: object, base: Identity | undefined, context: CallContext) => {
    const body = JSON.stringify({ auth: { identity } });
    const answer = await call(
      { method: "POST", path: "/v3.0/OS-CREDENTIAL/securitytokens", query: "", headers: JSON_TYPE, body },
      base,
      context,
    );
    const key = temporaryKey(answer.body);
    if (!key) throw broken("the temporary credential is missing", answer);
    return key;
  };
  return {
    async passwordToken(credentials, scope, context) {
      const body = JSON.stringify({
        auth: { identity: identityOf(credentials), scope: scopeOf(credentials, scope) },
      });
      const answer = await call(
        { method: "POST", path: "/v3/auth/tokens", query: "nocatalog=true", headers: JSON_TYPE, body },
        undefined,
        context,
      );
      const token = answer.headers["x-subject-token"];
      if (!token) throw broken("the token response has no X-Subject-Token", answer);
      const { expires_at: expiry, project } = (answer.body["token"] ?? {}) as {
        expires_at?: unknown;
        project?: { id?: unknown };
      };
      return {
        identity: { token, expiresAt: expiryOf(expiry) },
        projectId: typeof project?.id === "string" ? project.id : undefined,
      };
    },

    async federatedKey(idpId, idToken, context) {
      const issued = await call(
        {
          method: "POST",
          path: "/v3.0/OS-AUTH/id-token/tokens",
          query: "",
          headers: { ...JSON_TYPE, "x-idp-id": idpId },
          body: JSON.stringify({ auth: { id_token: { id: idToken } } }),
        },
        undefined,
        context,
      );
      const id = issued.headers["x-subject-token"];
      if (!id) throw broken("the token response has no X-Subject-Token", issued);
      const token = { id, duration_seconds: FEDERATED_SECONDS };
      return keyFor({ methods: ["token"], token }, undefined, context);
    },

    async assume(role, base, context) {
      const assumeRole = {
        agency_name: role.agencyName,
        ...(role.domainId ? { domain_id: role.domainId } : { domain_name: role.domainName }),
        ...(role.duration && { duration_seconds: role.duration }),
      };
      return keyFor({ methods: ["assume_role"], assume_role: assumeRole }, base, context);
    },

    async projectId(name, identity, context) {
      const list = (path: string, query: string) =>
        call({ method: "GET", path, query, headers: {} }, identity, context);
      try {
        return projectIn(await list("/v3/projects", `name=${encodeURIComponent(name)}`), name);
      } catch (error) {
        if (!isForbidden(error)) throw lookUp(error, name);
      }
      try {
        // Needs no permission, and lists only what the user may enter.
        return projectIn(await list("/v3/auth/projects", ""), name);
      } catch (error) {
        throw lookUp(error, name);
      }
    },
  };
}

function projectIn(answer: Answer, name: string): string {
  const projects = answer.body["projects"];
  if (!Array.isArray(projects)) throw broken("the list of projects is missing", answer);
  const ids = projects
    .filter((project: { name?: unknown } | null) => project?.name === name)
    .map(({ id }: { id?: unknown }) => id);
  const [id, ...others] = ids;
  if (typeof id === "string" && others.length === 0) return id;
  throw new AuditError(
    ids.length === 0 ? "ERR_NOT_FOUND" : "ERR_CONFIG",
    `${ids.length === 0 ? "No project" : `${ids.length} projects`} named "${name}": set projectId (AUDITGATE_PROJECT_ID).`,
    { argument: "projectId", requestId: answer.requestId },
  );
}

function isForbidden(error: unknown): boolean {
  return AuditError.is(error) && error.code === "ERR_FORBIDDEN";
}

// Else it would read as if the audit data were what cannot be had.
function lookUp(error: unknown, name: string): unknown {
  if (!AuditError.is(error) || error.argument === "projectId" || error.code === "ERR_ABORTED") return error;
  return rephrase(
    error,
    `The project "${name}" could not be looked up: ${error.message} The look-up needs iam:projects:listProjects; set projectId (AUDITGATE_PROJECT_ID) to do without.`,
    { argument: "projectId" },
  );
}

function identityOf({ userId, userName, password, domainId, domainName, passcode }: PasswordCredentials) {
  const domain = domainId ? { id: domainId } : { name: domainName };
  const user = userId ? { id: userId } : { name: userName, domain };
  return {
    methods: passcode ? ["password", "totp"] : ["password"],
    password: { user: { ...user, password } },
    ...(passcode && { totp: { user: { ...user, passcode } } }),
  };
}

function scopeOf({ domainId, domainName }: PasswordCredentials, scope: ProjectScope | "account") {
  const domain = domainId ? { id: domainId } : domainName ? { name: domainName } : undefined;
  if (scope === "account") return { domain };
  const { projectId, projectName, projectDomain = domain } = scope;
  if (projectId) return { project: { id: projectId } };
  if (projectName)
    return {
      project: { name: projectName, ...(projectDomain && { domain: projectDomain }) },
    };
  throw new AuditError("ERR_CONFIG", "No project is known: set projectId, projectName or region.", {
    argument: "projectId",
  });
}

function broken(what: string, answer: Answer): AuditError {
  return new AuditError("ERR_RESPONSE", `IAM's response is not what the vendor documents: ${what}.`, {
    requestId: answer.requestId,
  });
}
