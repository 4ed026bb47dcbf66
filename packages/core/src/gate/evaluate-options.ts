import { AuditError } from "../errors.ts";

/** Options of `evaluateGate`. */
export interface EvaluateOptions {
  /** Ends the evaluation with `ERR_ABORTED`. */
  readonly signal?: AbortSignal | undefined;
  /** Clusters and instances asked about at once; the client's `concurrency` if absent. */
  readonly concurrency?: number | undefined;
  /** Where to write the evidence: a path at which there is no file yet. */
  readonly evidenceFile?: string | undefined;
  /** Replace an evidence file that is there already, as the next run of a pipeline in the same folder does. */
  readonly replaceEvidence?: boolean | undefined;
}

const OPTIONS: { readonly [name in keyof Required<EvaluateOptions>]: true } = {
  signal: true,
  concurrency: true,
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
