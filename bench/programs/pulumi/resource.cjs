const { DwsAuditDumpRecords } = require("@auditgate/pulumi-provider");

exports.count = new DwsAuditDumpRecords("dumps", { clusterId: process.env.CLUSTER }).summary.count;
