/* oxlint-disable typescript/no-unsafe-declaration-merging -- the outputs are documented once, in the generated
   interfaces; ReadResource names them all to Pulumi, whose constructor sets them. */
import type { ReadOptions } from "./options.ts";
import { ReadResource } from "./read-resource.ts";
import type {
  DdsAuditLogsArgs,
  DdsAuditLogsOutputs,
  DdsInstancesArgs,
  DdsInstancesOutputs,
  DwsAuditDumpRecordsArgs,
  DwsAuditDumpRecordsOutputs,
  DwsClustersArgs,
  DwsClustersOutputs,
  DwsParameterModificationRecordsArgs,
  DwsParameterModificationRecordsOutputs,
} from "./types.ts";

/**
 * Audit-log dumps of one DWS cluster: which ran, for which interval, to which bucket, with what result. Read in
 * every preview, up and refresh.
 */
export class DwsAuditDumpRecords extends ReadResource {
  constructor(name: string, args: DwsAuditDumpRecordsArgs, opts: ReadOptions = {}) {
    super("dwsAuditDumpRecords", "DwsAuditDumpRecords", name, args, opts);
  }
}
/** Outputs of the resource. */
export interface DwsAuditDumpRecords extends DwsAuditDumpRecordsOutputs {}

/** Modifications of the parameters of one DWS cluster: who, when, with what status. Read in every preview, up and refresh. */
export class DwsParameterModificationRecords extends ReadResource {
  constructor(name: string, args: DwsParameterModificationRecordsArgs, opts: ReadOptions = {}) {
    super("dwsParameterModificationRecords", "DwsParameterModificationRecords", name, args, opts);
  }
}
/** Outputs of the resource. */
export interface DwsParameterModificationRecords extends DwsParameterModificationRecordsOutputs {}

/** Audit log files of one DDS instance in a time window. Read in every preview, up and refresh. */
export class DdsAuditLogs extends ReadResource {
  constructor(name: string, args: DdsAuditLogsArgs, opts: ReadOptions = {}) {
    super("ddsAuditLogs", "DdsAuditLogs", name, args, opts);
  }
}
/** Outputs of the resource. */
export interface DdsAuditLogs extends DdsAuditLogsOutputs {}

/** DWS clusters of one project, all that this identity may see. Read in every preview, up and refresh. */
export class DwsClusters extends ReadResource {
  constructor(name: string, args: DwsClustersArgs = {}, opts: ReadOptions = {}) {
    super("dwsClusters", "DwsClusters", name, args, opts);
  }
}
/** Outputs of the resource. */
export interface DwsClusters extends DwsClustersOutputs {}

/** DDS instances of one project and their nodes, all that this identity may see. Read in every preview, up and refresh. */
export class DdsInstances extends ReadResource {
  constructor(name: string, args: DdsInstancesArgs = {}, opts: ReadOptions = {}) {
    super("ddsInstances", "DdsInstances", name, args, opts);
  }
}
/** Outputs of the resource. */
export interface DdsInstances extends DdsInstancesOutputs {}
