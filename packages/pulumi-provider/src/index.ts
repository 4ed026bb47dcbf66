export { Provider } from "./settings/provider-instance.ts";
export { DdsAuditLogs, DwsAuditDumpRecords, DwsParameterModificationRecords } from "./resources.ts";
export {
  getDdsAuditLogs,
  getDdsAuditLogsOutput,
  getDwsAuditDumpRecords,
  getDwsAuditDumpRecordsOutput,
  getDwsParameterModificationRecords,
  getDwsParameterModificationRecordsOutput,
} from "./functions.ts";
export { AuditGate } from "./gate/gate.ts";
export type { AuditGateArgs } from "./gate/arguments.ts";
export { type CheckResult, type GateCheck, gateCheck, type GateCheckOptions } from "./gate/check.ts";
export { guardStack } from "./gate/guard.ts";
export type {
  DdsAuditLogsRulesArgs,
  DwsAuditDumpRecordsRulesArgs,
  DwsParameterModificationRecordsRulesArgs,
  FreezeWindowArgs,
  GatePolicyArgs,
  GateViolation,
} from "./gate/types.ts";
export type { ReadInvokeOptions, ReadInvokeOutputOptions, ReadOptions } from "./options.ts";
export type {
  AssumeRole,
  DdsAuditLogsArgs,
  DdsAuditLogsOutputs,
  DdsAuditLogsRecord,
  DdsAuditLogsSummary,
  DdsAuditLogsSummaryByNode,
  DwsAuditDumpRecordsArgs,
  DwsAuditDumpRecordsOutputs,
  DwsAuditDumpRecordsRecord,
  DwsAuditDumpRecordsSummary,
  DwsAuditDumpRecordsSummaryByResult,
  DwsParameterModificationRecordsArgs,
  DwsParameterModificationRecordsOutputs,
  DwsParameterModificationRecordsRecord,
  DwsParameterModificationRecordsSummary,
  DwsParameterModificationRecordsSummaryByStatus,
  Endpoints,
  GetDdsAuditLogsArgs,
  GetDdsAuditLogsResult,
  GetDwsAuditDumpRecordsArgs,
  GetDwsAuditDumpRecordsResult,
  GetDwsParameterModificationRecordsArgs,
  GetDwsParameterModificationRecordsResult,
  ProviderArgs,
  ReadingWindow,
} from "./types.ts";
