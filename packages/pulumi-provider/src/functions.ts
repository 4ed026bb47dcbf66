import type * as pulumi from "@pulumi/pulumi";
import { invoke, invokeOutput } from "./invoke.ts";
import type { ReadInvokeOptions, ReadInvokeOutputOptions } from "./options.ts";
import type {
  DdsAuditLogsArgs,
  DdsInstancesArgs,
  DwsAuditDumpRecordsArgs,
  DwsClustersArgs,
  DwsParameterModificationRecordsArgs,
  GetDdsAuditLogsArgs,
  GetDdsAuditLogsResult,
  GetDdsInstancesArgs,
  GetDdsInstancesResult,
  GetDwsAuditDumpRecordsArgs,
  GetDwsAuditDumpRecordsResult,
  GetDwsClustersArgs,
  GetDwsClustersResult,
  GetDwsParameterModificationRecordsArgs,
  GetDwsParameterModificationRecordsResult,
} from "./types.ts";

/** Reads the audit-log dumps of one DWS cluster. Nothing of it is kept in the state. */
export function getDwsAuditDumpRecords(
  args: GetDwsAuditDumpRecordsArgs,
  opts: ReadInvokeOptions = {},
): Promise<GetDwsAuditDumpRecordsResult> {
  return invoke("dwsAuditDumpRecords", args, opts);
}

/** As {@link getDwsAuditDumpRecords}, with inputs and outputs. */
export function getDwsAuditDumpRecordsOutput(
  args: DwsAuditDumpRecordsArgs,
  opts: ReadInvokeOutputOptions = {},
): pulumi.Output<GetDwsAuditDumpRecordsResult> {
  return invokeOutput("dwsAuditDumpRecords", args, opts);
}

/** Reads the modifications of the parameters of one DWS cluster. Nothing of it is kept in the state. */
export function getDwsParameterModificationRecords(
  args: GetDwsParameterModificationRecordsArgs,
  opts: ReadInvokeOptions = {},
): Promise<GetDwsParameterModificationRecordsResult> {
  return invoke("dwsParameterModificationRecords", args, opts);
}

/** As {@link getDwsParameterModificationRecords}, with inputs and outputs. */
export function getDwsParameterModificationRecordsOutput(
  args: DwsParameterModificationRecordsArgs,
  opts: ReadInvokeOutputOptions = {},
): pulumi.Output<GetDwsParameterModificationRecordsResult> {
  return invokeOutput("dwsParameterModificationRecords", args, opts);
}

/** Reads the audit log files of one DDS instance in a time window. Nothing of it is kept in the state. */
export function getDdsAuditLogs(
  args: GetDdsAuditLogsArgs,
  opts: ReadInvokeOptions = {},
): Promise<GetDdsAuditLogsResult> {
  return invoke("ddsAuditLogs", args, opts);
}

/** As {@link getDdsAuditLogs}, with inputs and outputs. */
export function getDdsAuditLogsOutput(
  args: DdsAuditLogsArgs,
  opts: ReadInvokeOutputOptions = {},
): pulumi.Output<GetDdsAuditLogsResult> {
  return invokeOutput("ddsAuditLogs", args, opts);
}

/** Lists the DWS clusters of one project, all that this identity may see. Nothing of it is kept in the state. */
export function getDwsClusters(
  args: GetDwsClustersArgs = {},
  opts: ReadInvokeOptions = {},
): Promise<GetDwsClustersResult> {
  return invoke("dwsClusters", args, opts);
}

/** As {@link getDwsClusters}, with inputs and outputs. */
export function getDwsClustersOutput(
  args: DwsClustersArgs = {},
  opts: ReadInvokeOutputOptions = {},
): pulumi.Output<GetDwsClustersResult> {
  return invokeOutput("dwsClusters", args, opts);
}

/** Lists the DDS instances of one project, all that this identity may see. Nothing of it is kept in the state. */
export function getDdsInstances(
  args: GetDdsInstancesArgs = {},
  opts: ReadInvokeOptions = {},
): Promise<GetDdsInstancesResult> {
  return invoke("ddsInstances", args, opts);
}

/** As {@link getDdsInstances}, with inputs and outputs. */
export function getDdsInstancesOutput(
  args: DdsInstancesArgs = {},
  opts: ReadInvokeOutputOptions = {},
): pulumi.Output<GetDdsInstancesResult> {
  return invokeOutput("ddsInstances", args, opts);
}
