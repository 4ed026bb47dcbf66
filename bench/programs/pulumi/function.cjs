const { getDwsAuditDumpRecordsOutput } = require("@auditgate/pulumi-provider");

exports.count = getDwsAuditDumpRecordsOutput({ clusterId: process.env.CLUSTER }).summary.count;
