const { DwsParameterModificationRecords } = require("@auditgate/pulumi-provider");

const summaryOnly = process.env.SUMMARY_ONLY === "true";
const { summary } = new DwsParameterModificationRecords("changes", {
  clusterId: process.env.CLUSTER,
  ...(summaryOnly && { summaryOnly }),
});
exports.count = summary.count;
