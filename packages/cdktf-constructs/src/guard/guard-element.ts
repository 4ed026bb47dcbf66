import { Annotations, TerraformElement, TerraformStack } from "cdktf";
import type { Construct, IConstruct } from "constructs";
import { onSynthesis } from "../synthesis/custom-synthesis.ts";
import { type GateBlocks, placeGuard } from "./guard.ts";

/** Known by this name whatever copy of this package, and of cdktf or cdktn, a guard comes from. */
const GUARD = Symbol.for("auditgate/guard");

/**
 * One guard of a gate, as a part of its stack, without a block of its own.
 *
 * Aspects would be the usual way, but cdktf calls only those that were added by its own copy, and validations can be
 * skipped. Each synthesis asks every element for its metadata before it writes any, after all aspects.
 */
export class GuardElement extends TerraformElement {
  private readonly gate: GateBlocks;
  private readonly guarded: IConstruct;

  constructor(scope: Construct, id: string, gate: GateBlocks, guarded: IConstruct) {
    super(scope, id);
    this.gate = gate;
    this.guarded = guarded;
    Object.defineProperty(this, GUARD, { value: guarded });
    // Annotations are collected right after this.
    onSynthesis(this, () => this.sayWhatIsSpared(this.place()));
  }

  override toMetadata(): unknown {
    this.place();
    return {};
  }

  /** @throws {Error} that names all that the gate would not hold back. */
  private place(): readonly string[] {
    const { problems, spared } = placeGuard(this.gate, this.guarded, isCovered);
    if (problems.length > 0) throw new Error(problems.join("\n"));
    return spared;
  }

  private sayWhatIsSpared(paths: readonly string[]): void {
    if (paths.length === 0) return;
    const message = `Not guarded, for the gate depends on it: ${paths.join(", ")}.`;
    const { scope = this } = this.node;
    if (scope.node.metadata.some(({ data }) => data === message)) return;
    Annotations.of(scope).addInfo(message);
  }
}

/** True where another guard, in the element's own stack, holds it back or fails. */
function isCovered(element: TerraformElement): boolean {
  const stack = TerraformStack.of(element);
  return element.node.root.node
    .findAll()
    .filter((node) => GUARD in node && TerraformStack.of(node) === stack)
    .some((guard) => element.node.scopes.includes(Reflect.get(guard, GUARD) as IConstruct));
}
