import type { FleetVerdict, PolicyFile } from "@auditgate/core";
import type { JudgedTrails } from "./judged-trails.ts";

/** A verdict on its way to a reader. */
export interface Report {
  /** What was found. */
  readonly verdict: FleetVerdict;
  /** The policy it was judged by, for forms that point into it. */
  readonly policy?: PolicyFile | undefined;
  /** What was read, for forms that draw it; a verdict out of a file has none. */
  readonly trails?: JudgedTrails | undefined;
}
