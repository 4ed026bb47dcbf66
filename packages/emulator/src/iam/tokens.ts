import { randomBytes } from "node:crypto";
import { json, type Answer } from "../http/answer.ts";
import { iamProblem } from "../http/problem.ts";
import type { Context } from "../http/request.ts";
import type { Identity, IssuedToken, State } from "../data/state.ts";
import { assumeRole } from "./agencies.ts";
import { at, parseBody, text } from "./body.ts";
import { callerOf, validToken } from "./caller.ts";
import { checkPassword } from "./passwords.ts";
import { scopeOf, type Scope } from "./scopes.ts";

/** `POST /v3/auth/tokens`: a token by password (with TOTP where the user has it), by token, or by agency. */
export function answerTokens(context: Context): Answer {
  const { state, request } = context;
  const auth = at(parseBody(request), "auth");
  const identity = at(auth, "identity");
  const methods = at(identity, "methods");
  if (!Array.isArray(methods) || methods.length === 0) throw malformed("identity.methods");
  const known = methods.map(String);
  const who = identify(context, identity, known);
  const scope = scopeOf(state, who, at(auth, "scope"));
  const token = issueToken(state, who, scope, known);
  const quiet = request.query.has("nocatalog") && request.query.get("nocatalog") !== "false";
  return json(201, { token: describeToken(state, token, quiet) }, { "X-Subject-Token": token.text });
}

function identify(context: Context, identity: unknown, methods: readonly string[]): Identity {
  const { state } = context;
  if (methods.includes("password")) return checkPassword(state, identity, methods.includes("totp"));
  if (methods.includes("assume_role"))
    return assumeRole(state, callerOf(context), at(identity, "assume_role"));
  if (methods.includes("token")) return validToken(state, text(at(identity, "token"), "id"));
  throw malformed("identity.methods");
}

function issueToken(
  state: State,
  who: Identity,
  scope: Scope,
  methods: string[],
): IssuedToken & { text: string } {
  const { accountId, name, userId, permissions } = who;
  const token: IssuedToken = {
    accountId,
    name,
    userId,
    permissions,
    methods,
    expires: state.now() + state.tokenSeconds * 1000,
    ...(scope.projectId === undefined ? {} : { projectId: scope.projectId }),
  };
  const tokenText = `MIIEmulator${randomBytes(150).toString("base64url")}`;
  state.tokens.set(tokenText, token);
  return { ...token, text: tokenText };
}

function describeToken(state: State, token: IssuedToken, quiet: boolean): Record<string, unknown> {
  const account = state.data.accounts.find(({ id }) => id === token.accountId);
  const domain = { id: token.accountId, name: account?.name ?? "" };
  const project = state.data.projects.find(({ id }) => id === token.projectId);
  return {
    expires_at: new Date(token.expires).toISOString().replace("Z", "000Z"),
    issued_at: new Date(state.now()).toISOString().replace("Z", "000Z"),
    methods: token.methods,
    ...(quiet ? {} : { catalog: [] }),
    ...(project === undefined ? { domain } : { project: { id: project.id, name: project.name, domain } }),
    roles: token.permissions.map((permission) => ({ id: "0", name: permission })),
    user: { id: token.userId, name: token.name, domain, password_expires_at: "" },
  };
}

function malformed(where: string): Error {
  return iamProblem(400, "Bad Request", `Expecting to find ${where} in the request body.`);
}
