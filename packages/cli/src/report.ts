import type { FleetVerdict, PolicyFile } from "@auditgate/core";

/** A verdict on its way to a reader. */
export interface Report {
  readonly verdict: FleetVerdict;
  /** The policy it was judged by, for forms that point into it. */
  readonly policy?: PolicyFile | undefined;
}
