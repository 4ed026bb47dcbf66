import { json, type Answer } from "../http/answer.ts";
import { iamProblem } from "../http/problem.ts";
import type { Context } from "../http/request.ts";
import type { Identity } from "../data/state.ts";
import { assumeRole } from "./agencies.ts";
import { at, parseBody, text } from "./body.ts";
import { callerOf, validToken } from "./caller.ts";
import { checkPassword } from "./passwords.ts";
import { describeToken, issueToken } from "./issued-token.ts";
import { scopeOf } from "./scopes.ts";

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

function malformed(where: string): Error {
  return iamProblem(400, "Bad Request", `Expecting to find ${where} in the request body.`);
}
