import { type Choice, type Found, integerOf, type Layer, pick, type SettingName } from "./layer.ts";
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

/** Credentials and where they came from. */
export interface SignIn {
  readonly credentials: Credentials;
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
 * The credentials of the first layer that names any: a token before an access key before a password. Their other
 * parts may come from that layer or one below; a security token only from the access key's own layer, for it
 * belongs to that key. A profile that is named has to hold credentials: neither another source nor the machine's
 * own identity stands in for it.
 *
 * @throws {AuditError} `ERR_CONFIG` where a part is missing.
 */
export function chooseSignIn(layers: readonly Layer[]): SignIn | undefined {
  for (const [rank, layer] of layers.entries()) {
    const chosen = tokenOf(layers, rank) ?? keysOf(layers, rank) ?? passwordOf(layers, rank);
    if (chosen) return chosen;
    if (layer.kind !== "named profile") continue;
    throw new AuditError(
      "ERR_CONFIG",
      `${layer.label ?? "The profile"} holds no credentials: neither a token, nor accessKey and secretKey, nor a user with a password.`,
      { argument: "profile" },
    );
  }
  return undefined;
}

/**
 * The agency to act as, whatever is signed in with: the machine's own identity too. Beside a profile that the program
 * names, only the program or that profile can ask for one; an agency of a profile goes with that profile's credentials.
 *
 * @throws {AuditError} `ERR_CONFIG` where its account is missing.
 */
export function chooseRole(layers: readonly Layer[], signIn: SignIn | undefined): RoleChoice | undefined {
  const rank = signIn?.parts[0]?.rank ?? layers.length;
  const own = layers[rank];
  const isProgramsProfile = own?.kind === "named profile" && own.owner === "program";
  const asking = layers.filter((layer, each) =>
    each <= rank ? true : !isProgramsProfile && layer.kind === "values",
  );
  const agencyName = pick(asking, ["assumeRole.agencyName"]);
  if (!agencyName) return undefined;
  const domain =
    pick(asking, ["assumeRole.domainId", "assumeRole.domainName"]) ??
    missing("assumeRole.domainName", agencyName);
  const duration = pick(asking, ["assumeRole.duration"]);
  const ranked = (choice: Choice) => ({ ...choice, rank: layers.indexOf(asking[choice.rank]!) });
  return {
    parts: [agencyName, domain, ...(duration ? [duration] : [])].map(ranked),
    role: {
      agencyName: agencyName.value,
      ...(domain.name === "assumeRole.domainId" ? { domainId: domain.value } : { domainName: domain.value }),
      duration: duration && integerOf(duration, 900, 86_400),
    },
    delegatedProject: ((found) => found && ranked(found))(pick(asking, ["assumeRole.delegatedProject"])),
  };
}

/** An agency, and where it is asked for. */
export interface RoleChoice {
  readonly role: AssumeRole;
  readonly parts: readonly Choice[];
  /** Name of the project to work in as the agency. */
  readonly delegatedProject: Choice | undefined;
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

function missing(name: SettingName, anchor: Found): never {
  throw new AuditError("ERR_CONFIG", `${anchor.origin} is set, but ${name} is not: set both, or neither.`, {
    argument: name,
  });
}
