import { Fn, Op } from "cdktf";
import { DataAuditgateGate } from "./gate-data-source.ts";
import { memberOf, overridesOfBlock } from "./synthesis/stack-blocks.ts";

/** The data source of an {@link AuditGate}, of which there is always at least one: what depends on none is held back by none. */
export class PresentGate extends DataAuditgateGate {
  override get terraformMetaArguments(): { [name: string]: unknown } {
    const { forEach, count, ...others } = super.terraformMetaArguments;
    if (count !== undefined) throw this.refusal("count");
    return forEach === undefined ? others : { ...others, forEach: this.atLeastOne(forEach) };
  }

  override toTerraform(): unknown {
    const { terraformResourceType: type, friendlyUniqueId: name } = this;
    for (const kind of ["data", "ephemeral"]) {
      for (const overrides of overridesOfBlock(this, kind, type, name)) {
        for (const argument of ["count", "for_each"]) {
          if (memberOf(overrides, argument) !== undefined) throw this.refusal(argument);
        }
      }
    }
    return super.toTerraform();
  }

  private refusal(argument: string): Error {
    return new Error(
      `${this.gatePath}: a gate takes no ${argument}, for where it makes none, nothing is held back. ` +
        "Give forEach an iterator, or leave the gate out where it is not meant.",
    );
  }

  // Engines have no other way to fail where a list is empty and so has no instance that could.
  private atLeastOne(forEach: unknown): unknown {
    const message = `${this.gatePath}: forEach is empty, so that the gate would hold nothing back`;
    return Fn.conditional(Op.gte(Fn.lengthOf(forEach), 1), forEach, Fn.tobool(message));
  }

  private get gatePath(): string {
    return this.node.scope?.node.path ?? this.node.path;
  }
}
