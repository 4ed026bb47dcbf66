import type { Diagnostic } from "../protocol/gen/tfplugin6.ts";
import { type ObjectValue, UNKNOWN } from "../schema/value.ts";
import { errorDiagnostic } from "./diagnostics.ts";

/** Errors of evidence that could be written once, where plan and apply both write it: said before the plan, not in the middle of an apply. */
export function onceErrors({
  evidence_file: file = null,
  replace_evidence: replace = null,
}: ObjectValue): Diagnostic[] {
  if (file === null || file === UNKNOWN || replace === true || replace === UNKNOWN) return [];
  return [
    errorDiagnostic({
      summary: "Invalid value of evidence_file",
      detail:
        "Of an ephemeral gate, evidence_file goes with replace_evidence = true: plan evaluates it, and apply again, so that the second evaluation would find the file of the first.",
      attribute: ["evidence_file"],
    }),
  ];
}
