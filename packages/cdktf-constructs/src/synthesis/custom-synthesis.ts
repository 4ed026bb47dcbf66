import type { ISynthesisSession } from "cdktf";
import type { IConstruct } from "constructs";

/** Called by the stack's synthesizer for each construct that has it, when the stack's folder exists; TerraformAsset uses it. */
const CUSTOM_SYNTHESIS = Symbol.for("cdktf/customSynthesis");

/** Does something when `construct` is synthesized: after aspects and validations, before annotations are collected. */
export function onSynthesis(construct: IConstruct, run: (session: ISynthesisSession) => void): void {
  Object.defineProperty(construct, CUSTOM_SYNTHESIS, { value: { onSynthesize: run } });
}
