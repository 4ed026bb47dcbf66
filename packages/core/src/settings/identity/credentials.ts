/** An access key, permanent or (with a security token) temporary. */
export interface KeyCredentials {
  /** The public part, AK. */
  readonly accessKey: string;
  /** The secret part, SK: it signs requests, and is sent with none. */
  readonly secretKey: string;
  /** Goes with a temporary key. */
  readonly securityToken?: string | undefined;
}

/** An IAM token. */
export interface TokenCredentials {
  /** The token, as IAM gave it in `X-Subject-Token`. */
  readonly token: string;
}

/** An IAM user with a password; the user by name and account, or by id. */
export interface PasswordCredentials {
  /** Name of the user. */
  readonly userName?: string | undefined;
  /** ID of the user, in place of its name. */
  readonly userId?: string | undefined;
  /** Password of the user. */
  readonly password: string;
  /** Account of the user; goes with the name. */
  readonly domainName?: string | undefined;
  /** ID of that account. */
  readonly domainId?: string | undefined;
  /** One-time passcode of a second factor (TOTP). */
  readonly passcode?: string | undefined;
}

/** The OpenID Connect token of a CI system or cluster, for which IAM gives a temporary key: no key is kept anywhere. */
export interface FederatedCredentials {
  /** ID of the identity provider in IAM. */
  readonly idpId: string;
  /** Path of the file with the token, read anew whenever a key is asked for. */
  readonly idTokenFile: string;
}

/** What a container is given by the cluster it runs in. */
export interface ContainerCredentials {
  /** Where its temporary keys are had. */
  readonly containerUri: string;
  /** Path of the file with the token that they are asked for with. */
  readonly containerTokenFile: string;
}

/** An agency (assumed role) to act as. */
export interface AssumeRole {
  /** Name of the agency. */
  readonly agencyName: string;
  /** Account that has the agency. */
  readonly domainName?: string | undefined;
  /** ID of that account. */
  readonly domainId?: string | undefined;
  /** How long the temporary key lasts [s]. */
  readonly duration?: number | undefined;
}

/** Any way of signing in that needs nothing else. */
export type StaticCredentials = (
  | KeyCredentials
  | TokenCredentials
  | PasswordCredentials
  | FederatedCredentials
) & {
  readonly assumeRole?: AssumeRole | undefined;
};

/** What a user signs in with, or a function that finds it, asked again when it is refused. */
export type Credentials = StaticCredentials | (() => StaticCredentials | Promise<StaticCredentials>);
