import { AuditError } from "../../errors.ts";
import { isLocal } from "../endpoints.ts";
import type { Environment } from "../layer.ts";
import type { SignIn } from "./sign-in.ts";

const URI = "HC_CONTAINER_CREDENTIALS_FULL_URI";
const TOKEN_FILE = "HC_CONTAINER_AUTHORIZATION_TOKEN_FILE";

/**
 * The identity that a cluster gives to a container (pod identity), under the names that the SDKs read; undefined where the
 * environment names none.
 *
 * @throws {AuditError} `ERR_CONFIG` where one of the two variables is missing, or the address is another machine's and not
 *   https: the token in the file would be readable on the way.
 */
export function containerSignIn(env: Environment): SignIn | undefined {
  const [uri, file] = [URI, TOKEN_FILE].map((name) => env[name]?.trim());
  if (!uri && !file) return undefined;
  if (!uri || !file) {
    const [known, absent] = uri ? [URI, TOKEN_FILE] : [TOKEN_FILE, URI];
    throw refused(`${known} is set, but ${absent} is not: set both, or neither.`);
  }
  return {
    credentials: { containerUri: checked(uri), containerTokenFile: file },
    origin: `the container's identity of ${URI}`,
    source: URI,
    parts: [],
    secret: undefined,
  };
}

/** Name of the variable with the path of the token's file, for messages. */
export const CONTAINER_TOKEN_ORIGIN = TOKEN_FILE;

function checked(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url?.hostname) throw refused(`${URI} must be a URL, such as http://169.254.170.23/v1/credentials.`);
  if (url.username || url.password) throw refused(`${URI} must not hold a user name or password.`);
  if (url.protocol !== "https:" && !(url.protocol === "http:" && isLocal(url.hostname))) {
    throw refused(`${URI} must use https; plain http is for this machine and link-local addresses only.`);
  }
  return url.href;
}

function refused(message: string): AuditError {
  return new AuditError("ERR_CONFIG", message);
}
