import { createHmac, timingSafeEqual } from "node:crypto";
import type { Account, IdentityProvider } from "../data/data.ts";
import type { IdTokenOptions } from "../data/id-token-options.ts";
import type { State } from "../data/state.ts";

/** A token as the CI system or cluster behind an identity provider issues it (JWT). */
export function issueIdToken(state: State, options: IdTokenOptions = {}): string {
  const provider = findProvider(state, options.provider)?.provider;
  const now = Math.floor(state.now() / 1000);
  const claims = {
    iss: provider?.issuer ?? `https://${options.provider ?? "nobody"}.example`,
    aud: options.audience ?? provider?.audience ?? "nobody",
    sub: "repo:example/infrastructure:ref:refs/heads/main",
    iat: now,
    exp: now + (options.seconds ?? 600),
  };
  const text = [{ alg: "HS256", typ: "JWT" }, claims].map(encoded).join(".");
  return `${text}.${signatureOf(state, text)}`;
}

/** Why a provider's token is refused, undefined where it is accepted. */
export function idTokenProblem(state: State, provider: IdentityProvider, token: string): string | undefined {
  const [head = "", body = "", signature = ""] = token.split(".");
  const expected = Buffer.from(signatureOf(state, `${head}.${body}`));
  const given = Buffer.from(signature);
  if (given.length !== expected.length || !timingSafeEqual(given, expected))
    return "The signature of the ID token is invalid.";
  const { iss, aud, exp } = JSON.parse(Buffer.from(body, "base64url").toString("utf8")) as {
    iss: string;
    aud: string;
    exp: number;
  };
  if (iss !== provider.issuer) return "The issuer of the ID token is not the identity provider's.";
  if (aud !== provider.audience) return "The audience of the ID token is not the identity provider's client.";
  return exp * 1000 <= state.now() ? "The ID token has expired." : undefined;
}

/** The identity provider with this id and its account; without an id, the first one. */
export function findProvider(
  state: State,
  id: string | undefined,
): { provider: IdentityProvider; account: Account } | undefined {
  for (const account of state.data.accounts) {
    const provider = account.identityProviders?.find((each) => id === undefined || each.id === id);
    if (provider !== undefined) return { provider, account };
  }
  return undefined;
}

function encoded(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}

function signatureOf(state: State, text: string): string {
  return createHmac("sha256", state.idTokenKey).update(text).digest("base64url");
}
