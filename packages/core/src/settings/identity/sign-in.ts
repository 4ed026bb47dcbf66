import { AuditError } from "../../errors.ts";
import { type Choice, type Found, type Layer, pick, type SettingName } from "../layer.ts";
import type { ContainerCredentials, Credentials } from "./credentials.ts";

/** Credentials and where they came from. */
export interface SignIn {
  readonly credentials: Credentials | ContainerCredentials;
  /** Such as `the access key of HW_ACCESS_KEY`. */
  readonly origin: string;
  /** The same in a few words: `HW_ACCESS_KEY`, `profile "prod" in …`. */
  readonly source: string;
  /** Where its parts were found; none for credentials that a program hands over itself. */
  readonly parts: readonly Choice[];
  /** The part that must not come into others' hands. */
  readonly secret: Choice | undefined;
}

/**
 * The credentials of the first layer that names any: a token before an identity provider's before an access key before
 * a password. Their other parts may come from that layer or one below; a security token only from the access key's own layer, for it
 * belongs to that key. A profile that is named has to hold credentials: neither another source nor the machine's
 * own identity stands in for it.
 *
 * @throws {AuditError} `ERR_CONFIG` where a part is missing.
 */
export function chooseSignIn(layers: readonly Layer[]): SignIn | undefined {
  for (const [rank, layer] of layers.entries()) {
    const chosen =
      tokenOf(layers, rank) ?? federatedOf(layers, rank) ?? keysOf(layers, rank) ?? passwordOf(layers, rank);
    if (chosen) return chosen;
    if (layer.kind !== "named profile") continue;
    throw new AuditError(
      "ERR_CONFIG",
      `${layer.label ?? "The profile"} holds no credentials: neither a token, nor accessKey and secretKey, nor a user with a password, nor idpId and idTokenFile.`,
      { argument: "profile" },
    );
  }
  return undefined;
}

function tokenOf(layers: readonly Layer[], rank: number): SignIn | undefined {
  const token = own(layers, rank, ["token"]);
  if (!token) return undefined;
  return {
    credentials: { token: token.value },
    origin: `the token of ${token.origin}`,
    source: sourceOf(layers, token),
    parts: [token],
    secret: token,
  };
}

function federatedOf(layers: readonly Layer[], rank: number): SignIn | undefined {
  const anchor = own(layers, rank, ["idTokenFile"]) ?? own(layers, rank, ["idpId"]);
  if (!anchor) return undefined;
  const [idpId, idTokenFile] = (["idpId", "idTokenFile"] as const).map((name) => pick(layers, [name], rank));
  // As the SDKs have it: half of it beside a key is none.
  if (!(idpId && idTokenFile) && own(layers, rank, ["accessKey", "secretKey", "password"])) return undefined;
  if (!idpId) return missing("idpId", anchor);
  if (!idTokenFile) return missing("idTokenFile", anchor);
  return {
    credentials: { idpId: idpId.value, idTokenFile: idTokenFile.value },
    origin: `the identity provider's token in the file of ${idTokenFile.origin}`,
    source: sourceOf(layers, anchor),
    parts: [idTokenFile, idpId],
    secret: idTokenFile,
  };
}

function keysOf(layers: readonly Layer[], rank: number): SignIn | undefined {
  const anchor = own(layers, rank, ["accessKey"]) ?? own(layers, rank, ["secretKey"]);
  if (!anchor) return undefined;
  const accessKey = required(layers, rank, ["accessKey"], anchor);
  const secretKey = required(layers, rank, ["secretKey"], anchor);
  const securityToken = own(layers, accessKey.rank, ["securityToken"]);
  return {
    credentials: {
      accessKey: accessKey.value,
      secretKey: secretKey.value,
      securityToken: securityToken?.value,
    },
    origin: `the access key of ${accessKey.origin}`,
    source: sourceOf(layers, accessKey),
    parts: [accessKey, secretKey, ...(securityToken ? [securityToken] : [])],
    secret: secretKey,
  };
}

function passwordOf(layers: readonly Layer[], rank: number): SignIn | undefined {
  const anchor = own(layers, rank, ["userId", "userName"]) ?? own(layers, rank, ["password"]);
  if (!anchor) return undefined;
  const password = required(layers, rank, ["password"], anchor);
  const user = required(layers, rank, ["userId", "userName"], anchor);
  const ofUser = pick(layers, ["domainId", "domainName"], rank);
  // Who names the project's account alone means the user's, too.
  const ofProject = pick(layers, ["projectDomainId", "projectDomainName"], rank);
  const domain = ofUser ?? ofProject ?? (user.name === "userId" ? undefined : missing("domainName", anchor));
  const passcode = pick(layers, ["passcode"], rank);
  const isId = domain?.name === "domainId" || domain?.name === "projectDomainId";
  return {
    credentials: {
      ...(user.name === "userId" ? { userId: user.value } : { userName: user.value }),
      ...(domain && (isId ? { domainId: domain.value } : { domainName: domain.value })),
      password: password.value,
      passcode: passcode?.value,
    },
    origin: `the user and password of ${anchor.origin}`,
    source: sourceOf(layers, anchor),
    parts: [user, password, domain, passcode].filter((part) => part !== undefined),
    secret: password,
  };
}

function own(layers: readonly Layer[], rank: number, names: readonly SettingName[]): Choice | undefined {
  return pick(layers.slice(0, rank + 1), names, rank);
}

function sourceOf(layers: readonly Layer[], { rank, origin }: Choice): string {
  return layers[rank]?.label ?? origin;
}

function required(
  layers: readonly Layer[],
  rank: number,
  names: readonly SettingName[],
  anchor: Found,
): Choice {
  return pick(layers, names, rank) ?? missing(names.at(-1)!, anchor);
}

/** @throws {AuditError} `ERR_CONFIG` for what goes with a setting and is not there. */
export function missing(name: SettingName, anchor: Found): never {
  throw new AuditError("ERR_CONFIG", `${anchor.origin} is set, but ${name} is not: set both, or neither.`, {
    argument: name,
  });
}
