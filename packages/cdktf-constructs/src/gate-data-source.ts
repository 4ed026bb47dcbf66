import { DataAuditgateGateAttributes } from "./gen/gate.ts";
import { checkExceptions } from "./synthesis/literal-exceptions.ts";

/**
 * A gate as a data source: fails plan and apply, with the reasons, until the audit trail is in order. Whatever
 * depends on it is then not touched; {@link AuditGate} adds these dependencies.
 *
 * @example new DataAuditgateGate(stack, "gate", { dwsAuditDumpRecords: [{ clusterIds, maxAge: "24h" }] }).passed
 */
export class DataAuditgateGate extends DataAuditgateGateAttributes {
  /** What the block says in JSON, checked. */
  protected override synthesizeAttributes(): { [name: string]: unknown } {
    checkExceptions(this, this.terraformResourceType, this.acknowledgedInput);
    return super.synthesizeAttributes();
  }

  /** What the block says in HCL, checked. */
  protected override synthesizeHclAttributes(): { [name: string]: unknown } {
    checkExceptions(this, this.terraformResourceType, this.acknowledgedInput);
    return super.synthesizeHclAttributes();
  }
}
