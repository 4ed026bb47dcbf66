/** What an identity provider puts into a token, where it is not what IAM expects of it. */
export interface IdTokenOptions {
  /** ID of the provider; the first one of the data by default. */
  provider?: string;
  /** How long the token lasts [s]; negative for one that has ended. Default 600. */
  seconds?: number;
  /** Whom it is for. Default: the one that the provider's settings in IAM name. */
  audience?: string;
}
