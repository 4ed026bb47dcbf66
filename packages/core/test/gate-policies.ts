import type { GatePolicy } from "@auditgate/core";
import { sample } from "@auditgate/emulator";

const { clusters, instances, nodes } = sample;

/** Everything in order, were it read. */
export const inOrder: GatePolicy = {
  dwsAuditDumpRecords: [{ clusterIds: [clusters.healthy], within: "7d", maxAge: "24h", maxFailures: 0 }],
  dwsParameterModificationRecords: [{ clusterIds: [clusters.healthy], within: "30d", noPending: true }],
  ddsAuditLogs: [
    { instanceIds: [instances.healthy], within: "7d", nodeIds: [...nodes.healthy], maxGap: "2h" },
  ],
};

/** Rules that share subjects, over windows of different lengths. */
export const sharedSubjects: GatePolicy = {
  dwsAuditDumpRecords: [
    { clusterIds: [clusters.healthy, clusters.failedDump], maxAge: "1d" },
    { clusterIds: [clusters.failedDump, clusters.failedDump], maxFailures: 0 },
    { clusterIds: [clusters.empty, clusters.failedDump], within: "7d", maxFailures: 0 },
  ],
  ddsAuditLogs: [
    { instanceIds: [instances.healthy], within: "2h", minLogs: 3 },
    { instanceIds: [instances.healthy], within: "30h", minLogs: 49 },
  ],
};
