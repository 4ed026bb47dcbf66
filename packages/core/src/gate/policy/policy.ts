import * as z from "zod";
import { id } from "../../field.ts";
import { duration } from "../../instant.ts";
import { acknowledgement } from "./acknowledgement.ts";
import type {
  DdsAuditLogsRules,
  DwsAuditDumpRecordsRules,
  DwsParameterModificationRecordsRules,
  GatePolicy,
} from "./policy.types.ts";
import { catalogues } from "../rules/catalogues.ts";
import {
  everyOr,
  exceptions,
  idOrEvery,
  instanceOrEvery,
  name,
  windowLength,
  zone,
  some,
} from "../rules/policy-values.ts";

const clusterIds = everyOr(idOrEvery).describe(
  'IDs of the DWS clusters that the rules are about; `"*"` alone means all that the service lists for this identity.',
);

const exceptClusters = exceptions(z.guid()).describe(
  'IDs of DWS clusters that `"*"` leaves out; one that is not listed is a warning.',
);

const within = duration
  .optional()
  .describe(
    "Only records of this time up to now are judged, such as `7d`; all if absent. What is still going on is of now.",
  );

/** Rules about the audit-log dumps of DWS clusters. */
export const dwsAuditDumpRecordsRules: z.ZodType<DwsAuditDumpRecordsRules> = z.strictObject({
  clusterIds,
  except: exceptClusters,
  within,
  ...catalogues.dwsAuditDumpRecords.fields,
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

/** Rules about the parameter modifications of DWS clusters. */
export const dwsParameterModificationRecordsRules: z.ZodType<DwsParameterModificationRecordsRules> =
  z.strictObject({
    clusterIds,
    except: exceptClusters,
    within,
    ...catalogues.dwsParameterModificationRecords.fields,
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
  instanceIds: everyOr(instanceOrEvery).describe(
    'IDs of the DDS instances that the rules are about; `"*"` alone means all that the service lists for this identity.',
  ),
  except: exceptions(id).describe(
    'IDs of DDS instances that `"*"` leaves out; one that is not listed is a warning.',
  ),
  within: windowLength.describe(
    "Length of the window that is judged, up to now, such as `7d`; never rounded.",
  ),
  ...catalogues.ddsAuditLogs.fields,
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
  acknowledged: z
    .array(acknowledgement)
    .optional()
    .describe(
      "What is known and does not close the gate for some time: each names one thing that one rule has seen of one subject.",
    ),
});
