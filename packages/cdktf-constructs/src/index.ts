export {
  DataAuditgateDdsAuditLogs,
  DataAuditgateDdsInstances,
  DataAuditgateDwsAuditDumpRecords,
  DataAuditgateDwsClusters,
  DataAuditgateDwsParameterModificationRecords,
} from "./data-sources.ts";
export { AuditGate, type AuditGateConfig } from "./audit-gate.ts";
export { DataAuditgateGate } from "./gate-data-source.ts";
export { AuditgateProvider } from "./provider.ts";
export {
  AuditgateProviderArguments,
  type AuditgateProviderAssumeRole,
  type AuditgateProviderConfig,
  type AuditgateProviderEndpoints,
} from "./gen/provider.ts";

// What accessors give, for signatures of a user's own.
export {
  DataAuditgateDdsAuditLogsAttributes,
  type DataAuditgateDdsAuditLogsConfig,
  DataAuditgateDdsAuditLogsRecordsList,
  DataAuditgateDdsAuditLogsRecordsOutputReference,
  DataAuditgateDdsAuditLogsSummaryByNodeList,
  DataAuditgateDdsAuditLogsSummaryByNodeOutputReference,
  DataAuditgateDdsAuditLogsSummaryOutputReference,
  DataAuditgateDdsAuditLogsWindowOutputReference,
} from "./gen/dds-audit-logs.ts";
export {
  DataAuditgateDdsInstancesAttributes,
  type DataAuditgateDdsInstancesConfig,
  DataAuditgateDdsInstancesRecordsDatastoreOutputReference,
  DataAuditgateDdsInstancesRecordsGroupsList,
  DataAuditgateDdsInstancesRecordsGroupsNodesList,
  DataAuditgateDdsInstancesRecordsGroupsNodesOutputReference,
  DataAuditgateDdsInstancesRecordsGroupsOutputReference,
  DataAuditgateDdsInstancesRecordsList,
  DataAuditgateDdsInstancesRecordsOutputReference,
  DataAuditgateDdsInstancesRecordsTagsList,
  DataAuditgateDdsInstancesRecordsTagsOutputReference,
  DataAuditgateDdsInstancesSummaryByStatusList,
  DataAuditgateDdsInstancesSummaryByStatusOutputReference,
  DataAuditgateDdsInstancesSummaryOutputReference,
} from "./gen/dds-instances.ts";
export {
  DataAuditgateDwsAuditDumpRecordsAttributes,
  type DataAuditgateDwsAuditDumpRecordsConfig,
  DataAuditgateDwsAuditDumpRecordsRecordsList,
  DataAuditgateDwsAuditDumpRecordsRecordsOutputReference,
  DataAuditgateDwsAuditDumpRecordsSummaryByResultList,
  DataAuditgateDwsAuditDumpRecordsSummaryByResultOutputReference,
  DataAuditgateDwsAuditDumpRecordsSummaryOutputReference,
} from "./gen/dws-audit-dump-records.ts";
export {
  DataAuditgateDwsClustersAttributes,
  type DataAuditgateDwsClustersConfig,
  DataAuditgateDwsClustersRecordsList,
  DataAuditgateDwsClustersRecordsNodesList,
  DataAuditgateDwsClustersRecordsNodesOutputReference,
  DataAuditgateDwsClustersRecordsOutputReference,
  DataAuditgateDwsClustersRecordsTagsList,
  DataAuditgateDwsClustersRecordsTagsOutputReference,
  DataAuditgateDwsClustersSummaryByStatusList,
  DataAuditgateDwsClustersSummaryByStatusOutputReference,
  DataAuditgateDwsClustersSummaryOutputReference,
} from "./gen/dws-clusters.ts";
export {
  DataAuditgateDwsParameterModificationRecordsAttributes,
  type DataAuditgateDwsParameterModificationRecordsConfig,
  DataAuditgateDwsParameterModificationRecordsRecordsList,
  DataAuditgateDwsParameterModificationRecordsRecordsOutputReference,
  DataAuditgateDwsParameterModificationRecordsSummaryByStatusList,
  DataAuditgateDwsParameterModificationRecordsSummaryByStatusOutputReference,
  DataAuditgateDwsParameterModificationRecordsSummaryOutputReference,
} from "./gen/dws-parameter-modification-records.ts";
export {
  type DataAuditgateGateAcknowledged,
  DataAuditgateGateAcknowledgedFindingsList,
  DataAuditgateGateAcknowledgedFindingsOutputReference,
  DataAuditgateGateAcknowledgedList,
  DataAuditgateGateAcknowledgedOutputReference,
  type DataAuditgateGateAcknowledgedRecord,
  DataAuditgateGateAttributes,
  type DataAuditgateGateConfig,
  type DataAuditgateGateDdsAuditLogs,
  DataAuditgateGateDdsAuditLogsList,
  DataAuditgateGateDdsAuditLogsOutputReference,
  type DataAuditgateGateDwsAuditDumpRecords,
  DataAuditgateGateDwsAuditDumpRecordsList,
  DataAuditgateGateDwsAuditDumpRecordsOutputReference,
  type DataAuditgateGateDwsParameterModificationRecords,
  type DataAuditgateGateDwsParameterModificationRecordsFreezeWindows,
  DataAuditgateGateDwsParameterModificationRecordsFreezeWindowsList,
  DataAuditgateGateDwsParameterModificationRecordsFreezeWindowsOutputReference,
  DataAuditgateGateDwsParameterModificationRecordsList,
  DataAuditgateGateDwsParameterModificationRecordsOutputReference,
  DataAuditgateGateSkippedList,
  DataAuditgateGateSkippedOutputReference,
  DataAuditgateGateViolationsList,
  DataAuditgateGateViolationsOutputReference,
} from "./gen/gate.ts";
export { AuditDataSource } from "./audit-data-source.ts";
export { ConfiguredProvider } from "./configured-provider.ts";
export { QueryDataSource } from "./query-data-source.ts";
