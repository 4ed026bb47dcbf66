import { type Found, type Layer, pick, type SettingName } from "./layer.ts";
import { AuditError } from "../errors.ts";

/** An access key, permanent or (with a security token) temporary. */
export interface KeyCredentials {
  readonly accessKey: string;
  readonly secretKey: string;
  /** Goes with a temporary key. */
  readonly securityToken?: string | undefined;
}

/** An IAM token. */
export interface TokenCredentials {
  readonly token: string;
}

/** An IAM user with a password; the user by name and account, or by id. */
export interface PasswordCredentials {
  readonly userName?: string | undefined;
  readonly userId?: string | undefined;
  readonly password: string;
  /** Account of the user; goes with the name. */
  readonly domainName?: string | undefined;
  readonly domainId?: string | undefined;
  /** One-time passcode of a second factor (TOTP). */
  readonly passcode?: string | undefined;
}

/** An agency (assumed role) to act as. */
export interface AssumeRole {
  readonly agencyName: string;
  /** Account that has the agency. */
  readonly domainName?: string | undefined;
  readonly domainId?: string | undefined;
  /** How long the temporary key lasts [s]. */
  readonly duration?: number | undefined;
}

/** Any way of signing in that needs nothing else. */
export type StaticCredentials = (KeyCredentials | TokenCredentials | PasswordCredentials) & {
  readonly assumeRole?: AssumeRole | undefined;
};

/** What a user signs in with, or a function that finds it, asked again when it is refused. */
export type Credentials = StaticCredentials | (() => StaticCredentials | Promise<StaticCredentials>);

/** Credentials and where they came from, for messages. */
export interface SignIn {
  readonly credentials: Credentials;
  /** Such as `the access key of HW_ACCESS_KEY`. */
  readonly origin: string;
}

/**
 * The credentials of the first layer that names any: a token before an access key before a password. Their other
 * parts may come from that layer or one below; a security token only from the access key's own layer, for it
 * belongs to that key.
 *
 * @throws {AuditError} `ERR_CONFIG` where a part is missing.
 */
export function chooseSignIn(layers: readonly Layer[]): SignIn | undefined {
  for (const [index, layer] of layers.entries()) {
    const below = layers.slice(index);
    const chosen = tokenOf(layer) ?? keysOf(layer, below) ?? passwordOf(layer, below);
    if (!chosen) continue;
    return chosen;
  }
  return undefined;
}

/**
 * The agency to act as, whatever is signed in with: the machine's own identity too.
 *
 * @throws {AuditError} `ERR_CONFIG` where its account is missing.
 */
export function chooseRole(layers: readonly Layer[]): AssumeRole | undefined {
  const agencyName = pick(layers, "assumeRole.agencyName");
  return agencyName && roleOf(agencyName, layers);
}

interface StaticSignIn {
  readonly credentials: StaticCredentials;
  readonly origin: string;
}

function tokenOf(layer: Layer): StaticSignIn | undefined {
  const token = layer.find("token");
  return token && { credentials: { token: token.value }, origin: `the token of ${token.origin}` };
}

function keysOf(layer: Layer, below: readonly Layer[]): StaticSignIn | undefined {
  const anchor = layer.find("accessKey") ?? layer.find("secretKey");
  if (!anchor) return undefined;
  const accessKey = required(below, "accessKey", anchor);
  const secretKey = required(below, "secretKey", anchor);
  return {
    credentials: {
      accessKey: accessKey.value,
      secretKey: secretKey.value,
      securityToken: layer.find("securityToken")?.value,
    },
    origin: `the access key of ${accessKey.origin}`,
  };
}

function passwordOf(layer: Layer, below: readonly Layer[]): StaticSignIn | undefined {
  const user = layer.find("userId") ?? layer.find("userName");
  const anchor = user ?? layer.find("password");
  if (!anchor) return undefined;
  const password = required(below, "password", anchor);
  const userId = user ? layer.find("userId") : pick(below, "userId");
  const userName = userId ? undefined : required(below, "userName", anchor);
  const domainId = pick(below, "domainId");
  const domainName = domainId
    ? undefined
    : userId
      ? pick(below, "domainName")
      : required(below, "domainName", anchor);
  return {
    credentials: {
      userId: userId?.value,
      userName: userName?.value,
      password: password.value,
      domainId: domainId?.value,
      domainName: domainName?.value,
      passcode: pick(below, "passcode")?.value,
    },
    origin: `the user and password of ${anchor.origin}`,
  };
}

function roleOf(agencyName: Found, layers: readonly Layer[]): AssumeRole {
  const domainId = pick(layers, "assumeRole.domainId");
  const domainName = domainId ? undefined : required(layers, "assumeRole.domainName", agencyName);
  const duration = pick(layers, "assumeRole.duration");
  return {
    agencyName: agencyName.value,
    domainId: domainId?.value,
    domainName: domainName?.value,
    duration: duration && Number(duration.value),
  };
}

function required(layers: readonly Layer[], name: SettingName, anchor: Found): Found {
  const found = pick(layers, name);
  if (found) return found;
  throw new AuditError("ERR_CONFIG", `${anchor.origin} is set, but ${name} is not: set both, or neither.`, {
    argument: name,
  });
}
