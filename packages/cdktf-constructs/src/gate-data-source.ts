import { DataAuditgateGateAttributes } from "./gen/gate.ts";

/**
 * A gate as a data source: fails plan and apply, with the reasons, until the audit trail is in order. Whatever
 * depends on it is then not touched; {@link AuditGate} adds these dependencies.
 *
 * @example new DataAuditgateGate(stack, "gate", { dwsAuditDumpRecords: [{ clusterIds, maxAge: "24h" }] }).passed
 */
export class DataAuditgateGate extends DataAuditgateGateAttributes {}
