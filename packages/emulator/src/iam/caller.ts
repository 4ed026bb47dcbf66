import { authenticate, findToken } from "../access/authenticate.ts";
import { iamProblem } from "../http/problem.ts";
import { header, type Context } from "../http/request.ts";
import type { Identity, IssuedToken, State } from "../data/state.ts";

/** Who asks IAM for something in his own name: by signature, by `tokenId`, or by `X-Auth-Token`. */
export function callerOf(context: Context, tokenId?: string): Identity {
  const { state, request, conventions } = context;
  if (header(request, "authorization") !== undefined) return authenticate(state, request, conventions.skewMs);
  return validToken(state, tokenId ?? header(request, "x-auth-token"));
}

/** The token with this text, or IAM's 401. */
export function validToken(state: State, tokenText: string | undefined): IssuedToken {
  const token = tokenText === undefined ? undefined : findToken(state, tokenText);
  if (token === undefined || token.expires <= state.now())
    throw iamProblem(401, "Unauthorized", "The request you have made requires authentication.");
  return token;
}
