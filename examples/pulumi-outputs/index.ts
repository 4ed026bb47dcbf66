import * as pulumi from "@pulumi/pulumi";
import {
  DdsAuditLogs,
  DwsAuditDumpRecords,
  DwsParameterModificationRecords,
  getDdsAuditLogsOutput,
} from "@auditgate/pulumi-provider";

const config = new pulumi.Config();
const clusterId = config.get("clusterId") ?? process.env["DWS_CLUSTER_ID"] ?? config.require("clusterId");
const instanceId = config.get("instanceId") ?? process.env["DDS_INSTANCE_ID"] ?? config.require("instanceId");

// Read in every preview, up and refresh; region, project and credentials come from `auditgate:*` or the environment.
const dumps = new DwsAuditDumpRecords("dumps", { clusterId });
const changes = new DwsParameterModificationRecords("changes", { clusterId });
const logs = new DdsAuditLogs("logs", { instanceId, last: config.get("last") ?? "7d" });

export const dumpCount = dumps.summary.count;
export const dumpsFailed = dumps.summary.failed;
export const dumpsRunning = dumps.summary.running;
export const lastSuccessfulDump = dumps.summary.lastSuccess;
export const newestDumps = dumps.records.apply((records) =>
  records
    .toSorted((a, b) => (b.executorTime ?? "").localeCompare(a.executorTime ?? ""))
    .slice(0, 5)
    .map(({ executorTime, result, failedReason }) => ({ executorTime, result, failedReason })),
);

export const changeCount = changes.summary.count;
export const changesPending = changes.summary.pending;
export const changesByStatus = changes.summary.byStatus;
export const newestChange = changes.summary.newest;

export const logWindow = pulumi.interpolate`${logs.window.startTime} to ${logs.window.endTime}`;
export const logCount = logs.summary.count;
export const logNodes = logs.summary.byNode.apply((nodes) =>
  nodes.map(({ nodeId, count, totalBytes, newest }) => ({
    nodeId,
    logs: count,
    megabytes: Math.round(totalBytes / 1e4) / 100,
    newest,
  })),
);

// As a function: nothing is kept in the state. It takes outputs as well as plain values.
const lastDay = getDdsAuditLogsOutput({ instanceId: logs.instanceId, last: "1d" });
export const logCountLastDay = lastDay.summary.count;

export const complete = pulumi
  .all([dumps.complete, changes.complete, logs.complete])
  .apply((readings) => readings.every(Boolean));
export const headline = pulumi.interpolate`${dumpsFailed} of ${dumpCount} dumps failed, ${changesPending} of ${changeCount} parameter changes are pending, ${logCount} audit logs on ${logNodes.length} nodes`;
