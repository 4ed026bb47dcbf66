import { TerraformElement, Token } from "cdktf";
import type { Construct } from "constructs";
import type { DataAuditgateGate } from "./gate-data-source.ts";

/** The same gate as an ephemeral resource, which engines evaluate also when they apply a saved plan. cdktf has no class for those. */
export class EphemeralGate extends TerraformElement {
  private readonly gate: DataAuditgateGate;

  constructor(scope: Construct, id: string, gate: DataAuditgateGate) {
    super(scope, id, `ephemeral.${gate.terraformResourceType}`);
    this.gate = gate;
  }

  /** The same name, in another kind of block. */
  override get friendlyUniqueId(): string {
    return this.gate.friendlyUniqueId;
  }

  override toTerraform(): unknown {
    const { terraformResourceType: type, friendlyUniqueId: name } = this.gate;
    const { data } = this.gate.toTerraform() as Configuration;
    const { lifecycle: _, depends_on: before = [], ...args } = data[type]?.[name] ?? {};
    this.checkEvidence(args);
    // While the data source fails, the engine does not come to this one: the reasons are said once.
    const depends_on = [...before, `data.${type}.${name}`];
    return { ephemeral: { [type]: { [name]: { ...args, depends_on } } } };
  }

  // The second evaluation of a run would find the file of the first, in the middle of an apply.
  private checkEvidence({ evidence_file: file, replace_evidence: replace }: Arguments): void {
    if (file === undefined || replace === true || Token.isUnresolved(replace)) return;
    throw new Error(
      `${this.path}: savedPlans evaluates the gate in plan and again in apply: set replaceEvidence, or leave evidenceFile out.`,
    );
  }

  private get path(): string {
    return this.node.scope?.node.path ?? "";
  }

  /** @throws {Error} for cdktf would leave this block out, and the plan would fail with a reference to nothing. */
  override toHclTerraform(): never {
    throw new Error(
      `${this.path}: savedPlans is not possible with HCL output; synthesize to JSON, or leave it out.`,
    );
  }
}

interface Arguments {
  readonly depends_on?: readonly string[];
  readonly lifecycle?: unknown;
  readonly evidence_file?: unknown;
  readonly replace_evidence?: unknown;
}

interface Configuration {
  readonly data: {
    readonly [type: string]: {
      readonly [name: string]: Arguments;
    };
  };
}
