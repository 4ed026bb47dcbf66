import {
  type IAspect,
  type TerraformElement,
  TerraformModule,
  TerraformResource,
  TerraformStack,
} from "cdktf";
import type { IConstruct } from "constructs";
import { dependenciesOf, synthesized } from "./gate-dependencies.ts";

/** What can be held back: everything else of a stack changes nothing. */
type Guarded = TerraformResource | TerraformModule;

/** What guards need to know of a gate. */
export interface GateBlocks {
  /** The blocks that the gate is made of. */
  readonly elements: readonly TerraformElement[];
  /** What to depend on, as `depends_on` names it. */
  readonly address: string;
}

/**
 * Makes every resource and module below a construct depend on a gate, whenever they are added, except what the gate
 * itself depends on.
 */
export class Guard implements IAspect {
  private readonly gate: GateBlocks;
  private readonly scope: IConstruct;
  private readonly guarded = new Set<Guarded>();
  private readonly spared = new Set<Guarded>();

  constructor(gate: GateBlocks, scope: IConstruct) {
    this.gate = gate;
    this.scope = scope;
  }

  visit(node: IConstruct): void {
    if (node === this.scope) this.guardAll();
  }

  /** Why the gate would not hold back what it is to hold back, if so. */
  problems(): readonly string[] {
    // Once more, for other aspects may have added something.
    this.guardAll();
    const { path } = this.scope.node;
    const isStack = TerraformStack.isStack(this.scope);
    if (isGuardable(this.scope) && this.spared.has(this.scope)) {
      return [`${path} cannot be guarded: the gate depends on it.`];
    }
    if (!isStack && this.guarded.size === 0) {
      return [
        this.spared.size > 0
          ? `${path} cannot be guarded: the gate depends on everything in it.`
          : `There is nothing to guard in ${path}: a gate holds back resources and modules of its own stack.`,
      ];
    }
    const address = JSON.stringify(this.gate.address);
    return [...this.guarded]
      .filter((element) => !JSON.stringify(synthesized(element)).includes(address))
      .map((element) => `${element.node.path} is not guarded: its depends_on was overridden.`);
  }

  private guardAll(): void {
    const { elements, address } = this.gate;
    const [first] = elements;
    if (!first) return;
    this.guarded.clear();
    this.spared.clear();
    const stack = TerraformStack.of(first);
    const before = dependenciesOf(elements);
    for (const node of this.scope.node.findAll()) {
      if (!isGuardable(node) || TerraformStack.of(node) !== stack) continue;
      if (before.has(node)) {
        this.spared.add(node);
      } else {
        this.guarded.add(node);
        node.dependsOn ??= [];
        if (!node.dependsOn.includes(address)) node.dependsOn.push(address);
      }
    }
  }
}

function isGuardable(node: IConstruct): node is Guarded {
  return TerraformResource.isTerraformResource(node) || node instanceof TerraformModule;
}
