import * as z from "zod";
import { duration, instant } from "../instant.ts";
import { id } from "../field.ts";
import type { Query } from "./query.ts";
import { extent, groupBy } from "./summary.ts";
import type { DdsAuditLogsArgs, DdsAuditLogsRecord, DdsAuditLogsSummary } from "./dds-audit-logs.types.ts";

const text = z.string().nullable();

/** Audit log files of one DDS instance. */
export const ddsAuditLogs: Query<DdsAuditLogsArgs, DdsAuditLogsRecord, DdsAuditLogsSummary> = {
  name: "dds_audit_logs",
  description: "Audit log files of one DDS instance in a time window.",
  source:
    "https://docs.otc.t-systems.com/document-database-service/api-ref/apis_v3.0_recommended/log_information_queries/obtaining_the_audit_log_list.html",
  service: "dds",
  path: "/v3/{project_id}/instances/{instance_id}/auditlog",
  paging: { kind: "record-offset", items: "audit_logs", total: "total_record", pageSize: 100 },
  key: "id",
  windowed: true,
  args: z.strictObject({
    instanceId: id.describe("ID of the DDS instance."),
    nodeId: id.optional().describe("ID of the node; all nodes if absent."),
    startTime: instant
      .optional()
      .describe("Start of the window, with a zone; goes with the end, excludes `last`."),
    endTime: instant
      .optional()
      .describe("End of the window, with a zone; goes with the start, excludes `last`."),
    last: duration
      .optional()
      .describe(
        "Length of a window that ends at the current hour, such as `24h` or `7d`; excludes start and end.",
      ),
  }),
  record: z.object({
    id: text.describe("ID of the audit log."),
    name: text.describe("Name of the audit log file."),
    nodeId: text.describe("ID of the node that wrote the log."),
    size: z.int().nullable().describe("Size of the file [byte]."),
    startTime: text.describe("Start of the logged interval, as the vendor wrote it."),
    endTime: text.describe("End of the logged interval, as the vendor wrote it."),
  }),
  summary: z.object({
    count: z.int().describe("Number of records."),
    oldest: text.describe("Earliest start of a log."),
    newest: text.describe("Latest end of a log."),
    totalBytes: z.int().describe("Size of all files [byte]."),
    byNode: z
      .array(
        z.object({
          nodeId: text.describe("ID of the node."),
          count: z.int().describe("Number of logs of the node."),
          totalBytes: z.int().describe("Size of the files of the node [byte]."),
          oldest: text.describe("Earliest start of a log of the node."),
          newest: text.describe("Latest end of a log of the node."),
        }),
      )
      .describe("Figures per node."),
  }),
  summarize(records) {
    const figures = (rows: readonly DdsAuditLogsRecord[]) => ({
      count: rows.length,
      totalBytes: rows.reduce((bytes, row) => bytes + (row.size ?? 0), 0),
      ...extent(rows, "startTime", "endTime"),
    });
    const byNode = groupBy(records, (record) => record.nodeId).map(([nodeId, rows]) => ({
      nodeId,
      ...figures(rows),
    }));
    return {
      count: records.length,
      totalBytes: byNode.reduce((bytes, node) => bytes + node.totalBytes, 0),
      ...extent(byNode, "oldest", "newest"),
      byNode,
    };
  },
};
