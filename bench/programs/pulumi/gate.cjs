const { AuditGate } = require("@auditgate/pulumi-provider");

const clusterIds = [process.env.CLUSTER];
exports.passed = new AuditGate("gate", { dwsAuditDumpRecords: [{ clusterIds, maxFailures: 0 }] }).passed;
