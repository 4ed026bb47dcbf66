import type { Identity } from "./identity.ts";
import type { HttpRequest } from "./message.ts";

/** The secrets that a request proves who it is from with: those of the identity, and those in its body. */
export function* secretsSent(
  { body }: HttpRequest,
  identity: Identity | undefined,
): Generator<string | undefined> {
  if (identity && "token" in identity) yield identity.token;
  if (identity && "accessKey" in identity) {
    yield identity.accessKey;
    yield identity.secretKey;
    yield identity.securityToken;
  }
  if (body !== undefined) yield* secretsIn(JSON.parse(body));
}

const SECRET_NAMES: ReadonlySet<string> = new Set(["password", "passcode", "id_token", "secret"]);

function* secretsIn(value: unknown): Generator<string> {
  if (typeof value !== "object" || value === null) return;
  for (const [name, member] of Object.entries(value)) {
    if (typeof member === "string" && SECRET_NAMES.has(name)) yield member;
    else yield* secretsIn(member);
  }
}
