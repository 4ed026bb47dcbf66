import { parseSdkDate } from "../trails/instant.ts";
import { gatewayProblem } from "../http/problem.ts";
import { header, type ApiRequest, type Caller } from "../http/request.ts";
import {
  canonicalRequest,
  equalSignatures,
  parseAuthorization,
  signatureOf,
  stringToSign,
  type Authorization,
} from "./signing.ts";
import type { Identity, IssuedToken, State } from "../data/state.ts";

const wrong = "Incorrect IAM authentication information";
const maximalSkewMs = 15 * 60_000;

/**
 * Finds out who sent a request, by signature or by token.
 *
 * @throws {Refusal} 401 in the gateway's format: `APIGW.0301`, or `APIGW.0303` if the clocks differ by over 15 minutes.
 */
export function authenticate(state: State, request: ApiRequest, skewMs: number): Caller {
  const authorization = header(request, "authorization");
  if (authorization !== undefined) {
    const parsed = parseAuthorization(authorization);
    if (parsed === undefined) throw denied(request, "failed to parse the Authorization header");
    return verifySignature(state, request, parsed, skewMs);
  }
  const token = header(request, "x-auth-token");
  if (token === undefined || token === "") throw denied(request, "x-auth-token not found");
  const issued = findToken(state, token);
  if (issued === undefined) throw denied(request, "decrypt token fail");
  if (issued.expires <= state.now()) throw denied(request, "token expires");
  return { ...identityOf(issued), auth: "token", ...scopeOf(issued) };
}

/** The token with this text, issued by IAM or fixed in the data; also one that has expired. */
export function findToken(state: State, text: string): IssuedToken | undefined {
  const issued = state.tokens.get(text);
  if (issued !== undefined) return issued;
  for (const account of state.data.accounts) {
    for (const user of account.users) {
      const fixed = user.tokens?.find(({ token }) => token === text);
      if (fixed === undefined) continue;
      return {
        accountId: account.id,
        name: user.name,
        userId: user.id,
        permissions: user.permissions,
        projectId: fixed.projectId,
        expires: fixed.expiresAt === undefined ? Number.POSITIVE_INFINITY : Date.parse(fixed.expiresAt),
        methods: ["password"],
      };
    }
  }
  return undefined;
}

function verifySignature(
  state: State,
  request: ApiRequest,
  authorization: Authorization,
  skewMs: number,
): Caller {
  const sdkDate = header(request, "x-sdk-date") ?? "";
  const date = parseSdkDate(sdkDate);
  if (date === undefined || !authorization.signedHeaders.includes("x-sdk-date"))
    throw denied(request, "the signed header x-sdk-date is missing or invalid");
  const key = findKey(state, authorization.access);
  if (key === undefined) throw denied(request, "get ak failed, access key does not exist");
  // The security token may be signed or added afterwards; either way it has to be there.
  const securityToken = header(request, "x-security-token");
  if (key.securityToken !== undefined && key.securityToken !== securityToken)
    throw denied(request, "security token is missing or does not belong to the access key");
  if (key.expires <= state.now()) throw denied(request, "temporary access key expired");
  const canonical = canonicalRequest(request, authorization.signedHeaders);
  const readings = request.target.includes("+")
    ? [canonical, canonicalRequest(request, authorization.signedHeaders, "space")]
    : [canonical];
  const matches = readings.some((reading) =>
    equalSignatures(signatureOf(key.secret, stringToSign(reading, sdkDate)), authorization.signature),
  );
  // The real gateway echoes the canonical request with bars instead of line ends, signed headers included.
  if (!matches)
    throw denied(request, `verify aksk signature fail, canonicalRequest:${canonical.replaceAll("\n", "|")}`);
  if (Math.abs(state.now() + skewMs - date) > maximalSkewMs)
    throw gatewayProblem(
      401,
      "APIGW.0303",
      `${wrong}: x-sdk-date differs from the server time by more than 15 minutes`,
      request.id,
    );
  return { ...identityOf(key), auth: "signature" };
}

interface Key extends Identity {
  secret: string;
  securityToken: string | undefined;
  expires: number;
}

function findKey(state: State, access: string): Key | undefined {
  const temporary = state.temporaryKeys.get(access);
  if (temporary !== undefined) return temporary;
  for (const account of state.data.accounts) {
    for (const user of account.users) {
      const key = user.accessKeys?.find((candidate) => candidate.access === access);
      if (key === undefined) continue;
      return {
        accountId: account.id,
        name: user.name,
        userId: user.id,
        permissions: user.permissions,
        secret: key.secret,
        securityToken: key.securityToken,
        expires: Number.POSITIVE_INFINITY,
      };
    }
  }
  return undefined;
}

function identityOf(identity: Identity): Identity {
  const { accountId, name, userId, permissions } = identity;
  return { accountId, name, userId, permissions };
}

function scopeOf(token: IssuedToken): { projectId?: string } {
  return token.projectId === undefined ? {} : { projectId: token.projectId };
}

function denied(request: ApiRequest, reason: string): Error {
  return gatewayProblem(401, "APIGW.0301", `${wrong}: ${reason}`, request.id);
}
