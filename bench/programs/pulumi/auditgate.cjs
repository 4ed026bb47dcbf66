const {
  DdsAuditLogs,
  DwsAuditDumpRecords,
  DwsParameterModificationRecords,
} = require("@auditgate/pulumi-provider");

const clusterId = process.env.CLUSTER;
const instanceId = process.env.INSTANCE;
const readings = [
  new DwsAuditDumpRecords("dumps", { clusterId }),
  new DwsParameterModificationRecords("changes", { clusterId }),
  new DdsAuditLogs("logs", { instanceId, last: "1d" }),
];
exports.counts = readings.map(({ summary }) => summary.count);
