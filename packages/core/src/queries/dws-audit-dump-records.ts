import * as z from "zod";
import type { Query } from "./query.ts";
import { countBy, extent } from "./summary.ts";
import type {
  DwsAuditDumpRecordsArgs,
  DwsAuditDumpRecordsRecord,
  DwsAuditDumpRecordsSummary,
} from "./dws-audit-dump-records.types.ts";

const text = z.string().nullable();

/** Audit-log dumps of one DWS cluster. */
export const dwsAuditDumpRecords: Query<
  DwsAuditDumpRecordsArgs,
  DwsAuditDumpRecordsRecord,
  DwsAuditDumpRecordsSummary
> = {
  name: "dws_audit_dump_records",
  description:
    "Audit-log dumps of one DWS cluster: which ran, for which interval, to which bucket, with what result.",
  source: "https://support.huaweicloud.com/intl/en-us/api-dws/ListAuditLog.html",
  service: "dws",
  path: "/v1.0/{project_id}/clusters/{cluster_id}/audit-log-records",
  // The documents know no paging parameter here.
  paging: { kind: "none", items: "records", total: "count", pageSize: 0 },
  windowed: false,
  args: z.strictObject({
    clusterId: z.guid().describe("ID of the DWS cluster."),
  }),
  record: z.object({
    // The document's own example answers another cluster than the one asked for, so this is kept as it comes.
    clusterId: text.describe("ID of the cluster that was dumped."),
    // Older SDKs decode `exector_time`, so servers may have sent it.
    executorTime: text
      .meta({ aliases: ["exector_time"] })
      .describe("Time at which the dump ran, without a zone."),
    beginTime: text.describe("Start of the dumped interval, without a zone."),
    endTime: text.describe("End of the dumped interval, without a zone."),
    bucketName: text.describe("OBS bucket that the dump was written to."),
    locationPrefix: text.describe("Prefix of the dump inside the bucket."),
    result: text.describe("Result of the dump; `RUNNING` is the only documented value."),
    failedReason: text.describe("Why the dump failed."),
  }),
  summary: z.object({
    count: z.int().describe("Number of records."),
    oldest: text.describe("Earliest execution time, without a zone."),
    newest: text.describe("Latest execution time, without a zone."),
    byResult: z
      .array(
        z.object({
          result: text.describe("Result of the dumps."),
          count: z.int().describe("Number of dumps with this result."),
        }),
      )
      .describe("Number of dumps per result."),
    failed: z
      .int()
      .describe(
        "Number of dumps that did not succeed: those with a failure reason, or a result that is neither `SUCCESS` nor `RUNNING`.",
      ),
    running: z.int().describe("Number of dumps still running."),
    lastSuccess: text.describe(
      "Execution time of the latest dump with the result `SUCCESS` and no failure reason, without a zone.",
    ),
  }),
  summarize(records) {
    const succeeded = records.filter((record) => record.result === "SUCCESS" && !record.failedReason);
    return {
      count: records.length,
      ...extent(records, "executorTime"),
      byResult: countBy(records, (record) => record.result).map(([result, count]) => ({ result, count })),
      failed: records.filter(
        ({ result, failedReason }) => failedReason || (result !== "SUCCESS" && result !== "RUNNING"),
      ).length,
      running: records.filter((record) => record.result === "RUNNING").length,
      lastSuccess: extent(succeeded, "executorTime").newest,
    };
  },
};
