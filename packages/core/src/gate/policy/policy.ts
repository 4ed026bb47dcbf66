import * as z from "zod";
import { duration } from "../../instant.ts";
import type {
  DdsAuditLogsRules,
  DwsAuditDumpRecordsRules,
  DwsParameterModificationRecordsRules,
  GatePolicy,
} from "./policy.types.ts";
import { name, number, some, windowLength, zone } from "../rules/policy-values.ts";

const clusterIds = some(z.guid()).describe("IDs of the DWS clusters that the rules are about.");

const within = duration
  .optional()
  .describe(
    "Only records of this time up to now are judged, such as `7d`; all if absent. What is still going on is of now.",
  );

/** Rules about the audit-log dumps of DWS clusters. */
export const dwsAuditDumpRecordsRules: z.ZodType<DwsAuditDumpRecordsRules> = z.strictObject({
  clusterIds,
  within,
  maxAge: duration
    .optional()
    .describe("Longest time since the last successful dump ran, such as `24h`; no such dump is a violation."),
  maxFailures: number
    .optional()
    .describe("Most dumps that may have failed: those with a failure reason or a result in `failedResults`."),
  maxGap: duration
    .optional()
    .describe(
      "Longest time that no successful dump covers, between dumps and since the newest; the latter may be longer by the length of that dump's own interval, as the next one is not due before. No successful dump is a violation.",
    ),
  maxRunning: duration.optional().describe("Longest time that a dump may be `RUNNING`."),
  bucketName: name.optional().describe("OBS bucket that every dump must have been written to."),
  locationPrefix: z
    .string()
    .optional()
    .describe("Prefix that every dump must have inside the bucket, in full."),
  timeZone: zone
    .optional()
    .describe(
      "Zone of the dumps' times, which carry none: an offset such as `+08:00` or an IANA name such as `Asia/Shanghai`; UTC if absent.",
    ),
  successResults: some(name)
    .optional()
    .describe(
      "Results that mean success; `SUCCESS` if absent, which no document states. Any result that is in neither list, nor `RUNNING`, is unknown, and a violation.",
    ),
  failedResults: z
    .array(name)
    .optional()
    .describe("Results that mean failure, besides every dump that has a failure reason."),
});

const freezeWindow = z.strictObject({
  start: name.describe(
    "Start, with a zone such as `2026-12-20T00:00:00Z`, or local such as `2026-12-20T00:00:00`.",
  ),
  end: name.describe("End, in the same forms; a change at this very moment is allowed again."),
  timeZone: zone.optional().describe("Zone of a local start and end; the rules' zone if absent."),
});

/** Rules about the parameter modifications of DWS clusters. */
export const dwsParameterModificationRecordsRules: z.ZodType<DwsParameterModificationRecordsRules> =
  z.strictObject({
    clusterIds,
    within,
    noPending: z
      .boolean()
      .optional()
      .describe("True: no modification may be `Applying` or `Pending-Reboot`, whenever it began."),
    maxFailed: number
      .optional()
      .describe(
        "Most modifications that may have failed: those with a failure reason or a status in `failedStatuses`.",
      ),
    maxChanges: number.optional().describe("Most modifications that there may be."),
    allowedOperators: some(name)
      .optional()
      .describe("Operators whose modifications are allowed; any other is a violation."),
    freezeWindows: z
      .array(freezeWindow)
      .optional()
      .describe("Times in which nothing may have been modified."),
    timeZone: zone
      .optional()
      .describe("Zone of local times, here and in the records: an offset or an IANA name; UTC if absent."),
    successStatuses: some(name)
      .optional()
      .describe(
        "Statuses that mean success; `In-Sync` if absent. Any status that is in neither list, nor pending, is unknown, and a violation.",
      ),
    failedStatuses: z
      .array(name)
      .optional()
      .describe("Statuses that mean failure, besides every modification that has a failure reason."),
  });

/** Rules about the audit logs of DDS instances. */
export const ddsAuditLogsRules: z.ZodType<DdsAuditLogsRules> = z.strictObject({
  instanceIds: some(name).describe("IDs of the DDS instances that the rules are about."),
  within: windowLength.describe(
    "Length of the window that is judged, up to now, such as `7d`; never rounded.",
  ),
  nodeIds: some(name)
    .optional()
    .describe("Nodes that must each have logs in the window; `maxGap` then judges these."),
  maxGap: windowLength
    .optional()
    .describe(
      "Longest time of the window in which a node, each for itself, has no log; since its newest log it may be longer by the length of that log, as the next one is not due before.",
    ),
  maxAge: duration.optional().describe("Longest time since the end of the newest log."),
  minLogs: z.int().min(1).optional().describe("Fewest logs that there must be in the window."),
  maxTotalBytes: number.optional().describe("Largest size of all logs in the window [byte]."),
});

/** What a gate demands: the one declaration that schemas, types and documents of every door are derived from. */
export const gatePolicy: z.ZodType<GatePolicy> = z.strictObject({
  enforcement: z
    .enum(["mandatory", "advisory"])
    .optional()
    .describe("`mandatory`: violations fail the deployment; `advisory`: they warn. `mandatory` if absent."),
  onError: z
    .enum(["fail", "warn"])
    .optional()
    .describe(
      "Where the audit trail cannot be read, or not completely: `fail` as for any violation, or `warn`. The gate has not passed in either case. `fail` if absent.",
    ),
  dwsAuditDumpRecords: z
    .array(dwsAuditDumpRecordsRules)
    .optional()
    .describe("Rules about the audit-log dumps of DWS clusters."),
  dwsParameterModificationRecords: z
    .array(dwsParameterModificationRecordsRules)
    .optional()
    .describe("Rules about the parameter modifications of DWS clusters."),
  ddsAuditLogs: z
    .array(ddsAuditLogsRules)
    .optional()
    .describe("Rules about the audit logs of DDS instances."),
});
