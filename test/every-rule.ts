import type { GatePolicy } from "@auditgate/core";
import { sample } from "@auditgate/emulator";

const { clusters, instances, nodes } = sample;

/** Every rule, kept by the emulator's data. */
export const kept = {
  dwsAuditDumpRecords: [
    {
      clusterIds: [clusters.healthy],
      within: "7d",
      maxAge: "3h",
      maxFailures: 0,
      maxGap: "1h",
      maxRunning: "3h",
      bucketName: "audit-archive",
      locationPrefix: "dws",
      timeZone: "+00:00",
      successResults: ["SUCCESS"],
      failedResults: ["FAILED"],
    },
  ],
  dwsParameterModificationRecords: [
    {
      clusterIds: [clusters.healthy],
      within: "30d",
      noPending: true,
      maxFailed: 0,
      maxChanges: 100,
      allowedOperators: ["dba-anna", "dba-tomas", "automation"],
      freezeWindows: [
        { start: "2020-12-20T00:00:00", end: "2021-01-02T00:00:00", timeZone: "Europe/Berlin" },
      ],
    },
  ],
  ddsAuditLogs: [
    {
      instanceIds: [instances.healthy],
      within: "7d",
      nodeIds: [...nodes.healthy],
      maxGap: "2h",
      maxAge: "3h",
      minLogs: 100,
      maxTotalBytes: 1e13,
    },
  ],
} satisfies GatePolicy;

/** Every rule, broken by the emulator's data. */
export const broken = {
  dwsAuditDumpRecords: [
    {
      clusterIds: [clusters.failedDump],
      maxFailures: 0,
      maxAge: "1h",
      bucketName: "elsewhere",
      locationPrefix: "other",
    },
    { clusterIds: [clusters.empty], maxGap: "1h" },
    { clusterIds: [clusters.runningDump], maxRunning: "30m" },
  ],
  dwsParameterModificationRecords: [
    {
      clusterIds: [clusters.pendingChanges],
      noPending: true,
      maxFailed: 0,
      maxChanges: 0,
      allowedOperators: ["nobody"],
      freezeWindows: [{ start: "2020-01-01T00:00:00Z", end: "2100-01-01T00:00:00Z" }],
    },
  ],
  ddsAuditLogs: [
    {
      instanceIds: [instances.silentNode],
      within: "1d",
      nodeIds: [...nodes.silentNode],
      minLogs: 100_000,
      maxTotalBytes: 1,
    },
    { instanceIds: [instances.silentNode], within: "7d", maxGap: "2h" },
    { instanceIds: [instances.empty], within: "1d", maxAge: "2h" },
  ],
} satisfies GatePolicy;
