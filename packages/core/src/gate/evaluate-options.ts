import { AuditError } from "../errors.ts";
import type { ProgramCheck } from "./checks/program-check.ts";
import type { EvidenceOptions } from "./evidence/evidence-options.types.ts";

/** Options of `evaluateGate`. */
export interface EvaluateOptions extends EvidenceOptions {
  /** Ends the evaluation with `ERR_ABORTED`. */
  readonly signal?: AbortSignal | undefined;
  /** Clusters and instances asked about at once; the client's `concurrency` if absent. */
  readonly concurrency?: number | undefined;
  /** What checks of the program's own have said: they count as rules do, and may stand alone. */
  readonly checks?: readonly ProgramCheck[] | undefined;
}

const OPTIONS: { readonly [name in keyof Required<EvaluateOptions>]: true } = {
  signal: true,
  concurrency: true,
  checks: true,
  evidenceFile: true,
  replaceEvidence: true,
};

/** Whoever misspells an option, such as evidenceFile, would believe it to be in force. */
export function refuseUnknown(options: EvaluateOptions): void {
  const argument = Object.keys(options).find((name) => !Object.hasOwn(OPTIONS, name));
  if (argument === undefined) return;
  const known = Object.keys(OPTIONS).join(", ");
  throw new AuditError(
    "ERR_ARGUMENT",
    `evaluateGate has no option ${JSON.stringify(argument)}: its options are ${known}.`,
    {
      argument,
    },
  );
}
