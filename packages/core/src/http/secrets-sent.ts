import type { Identity } from "./identity.ts";
import type { HttpRequest } from "./message.ts";

/** The secrets that a request proves who it is from with: those of the identity, and those in its headers and body. */
export function* secretsSent(
  { headers, body }: HttpRequest,
  identity: Identity | undefined,
): Generator<string | undefined> {
  if (identity && "token" in identity) yield identity.token;
  if (identity && "accessKey" in identity) {
    yield identity.accessKey;
    yield identity.secretKey;
    yield identity.securityToken;
  }
  // A signature proves one request only; what stands there without an identity is a token itself.
  if (!identity) yield headers["authorization"];
  if (body !== undefined) yield* secretsIn(JSON.parse(body));
}

const SECRET_NAMES: ReadonlySet<string> = new Set(["password", "passcode", "secret"]);

/** Objects whose `id` is the secret. */
const TOKENS: ReadonlySet<string> = new Set(["token", "id_token"]);

function* secretsIn(value: unknown, parent = ""): Generator<string> {
  if (typeof value !== "object" || value === null) return;
  for (const [name, member] of Object.entries(value)) {
    const isSecret = SECRET_NAMES.has(name) || (name === "id" && TOKENS.has(parent));
    if (typeof member === "string" && isSecret) yield member;
    else yield* secretsIn(member, name);
  }
}
