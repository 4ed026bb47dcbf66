import { json, type Answer } from "../http/answer.ts";
import { iamProblem } from "../http/problem.ts";
import { header, type Context } from "../http/request.ts";
import { at, parseBody, text } from "./body.ts";
import { findProvider, idTokenProblem } from "./id-tokens.ts";
import { describeToken, issueToken } from "./issued-token.ts";
import { scopeOf } from "./scopes.ts";

/**
 * `POST /v3.0/OS-AUTH/id-token/tokens`: a token for the one of an identity provider, which the header `X-Idp-Id` names; of
 * the account, or of the project in `auth.scope`.
 */
export function answerFederation(context: Context): Answer {
  const { state, request } = context;
  const auth = at(parseBody(request), "auth");
  const idToken = text(at(auth, "id_token"), "id");
  const idpId = header(request, "x-idp-id");
  if (idToken === undefined || idpId === undefined || idpId === "")
    throw iamProblem(400, "Bad Request", "Expecting to find X-Idp-Id and auth.id_token.id.");
  const found = findProvider(state, idpId);
  if (found === undefined) throw iamProblem(404, "Not Found", `Could not find Identity Provider: ${idpId}.`);
  const { account, provider } = found;
  const problem = idTokenProblem(state, provider, idToken);
  if (problem !== undefined) throw iamProblem(401, "Unauthorized", problem);
  const user = account.users.find(({ name }) => name === provider.user);
  if (user === undefined)
    throw iamProblem(403, "Forbidden", "No conversion rule of the identity provider meets the ID token.");
  const who = {
    accountId: account.id,
    name: user.name,
    userId: user.id,
    permissions: user.permissions,
  };
  const token = issueToken(state, who, scopeOf(state, who, at(auth, "scope")), ["mapped"]);
  return json(201, { token: describeToken(state, token, true) }, { "X-Subject-Token": token.text });
}
