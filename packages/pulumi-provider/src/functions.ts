import type * as pulumi from "@pulumi/pulumi";
import { invoke, invokeOutput } from "./invoke.ts";
import type { ReadInvokeOptions, ReadInvokeOutputOptions } from "./options.ts";
import type {
  DdsAuditLogsArgs,
  DwsAuditDumpRecordsArgs,
  DwsParameterModificationRecordsArgs,
  GetDdsAuditLogsArgs,
  GetDdsAuditLogsResult,
  GetDwsAuditDumpRecordsArgs,
  GetDwsAuditDumpRecordsResult,
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
