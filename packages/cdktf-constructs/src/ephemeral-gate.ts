import { TerraformElement } from "cdktf";
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
    // While the data source fails, the engine does not come to this one: the reasons are said once.
    const depends_on = [...before, `data.${type}.${name}`];
    return { ephemeral: { [type]: { [name]: { ...args, depends_on } } } };
  }

  /** @throws {Error} for cdktf would leave this block out, and the plan would fail with a reference to nothing. */
  override toHclTerraform(): never {
    const path = this.node.scope?.node.path ?? "";
    throw new Error(
      `${path}: savedPlans is not possible with HCL output; synthesize to JSON, or leave it out.`,
    );
  }
}

interface Configuration {
  readonly data: {
    readonly [type: string]: {
      readonly [name: string]: { readonly depends_on?: readonly string[]; readonly lifecycle?: unknown };
    };
  };
}
