import * as z from "zod";
import type { Query } from "./query.ts";
import { countBy, extent } from "./summary.ts";
import type {
  DwsParameterModificationRecordsArgs,
  DwsParameterModificationRecordsRecord,
  DwsParameterModificationRecordsSummary,
} from "./dws-parameter-modification-records.types.ts";

const text = z.string().nullable();

// The statuses that do not mean a failure, known from the vendor's SDK.
const KNOWN: readonly (string | null)[] = ["In-Sync", "Applying", "Pending-Reboot"];

/** Parameter modifications of one DWS cluster. */
export const dwsParameterModificationRecords: Query<
  DwsParameterModificationRecordsArgs,
  DwsParameterModificationRecordsRecord,
  DwsParameterModificationRecordsSummary
> = {
  name: "dws_parameter_modification_records",
  description: "Modifications of the parameters of one DWS cluster: who, when, with what status.",
  source: "https://support.huaweicloud.com/intl/en-us/api-dws/ListConfigurationsAuditRecords.html",
  service: "dws",
  path: "/v1/{project_id}/clusters/{cluster_id}/configurations/audit-records",
  // `offset` is documented as "page number minus 1"; `limit` as greater than 0, without a maximum, 10 by default.
  paging: { kind: "page-number", items: "records", total: "count", pageSize: 100, longPageSize: 1000 },
  key: "id",
  windowed: false,
  args: z.strictObject({
    clusterId: z.guid().describe("ID of the DWS cluster."),
    // The three filters are undocumented beyond their types; they are passed through.
    actionTime: z
      .int()
      .min(0)
      .optional()
      .describe("Task time, as the vendor's `action_time` [ms since 1970-01-01 UTC]."),
    filterBy: z.string().min(1).optional().describe("Filter criterion, as the vendor's `filter_by`."),
    filter: z.string().min(1).optional().describe("Filter content, as the vendor's `filter`."),
  }),
  record: z.object({
    id: text.describe("ID of the record."),
    operator: text.describe("Name of the action."),
    startTime: text.describe("Start of the modification."),
    endTime: text.describe("End of the modification."),
    status: text.describe("Status of the modification, such as `In-Sync`, `Applying` or `Pending-Reboot`."),
    failedReason: text.describe("Why the modification failed."),
  }),
  summary: z.object({
    count: z.int().describe("Number of records."),
    oldest: text.describe("Earliest start."),
    newest: text.describe("Latest start."),
    byStatus: z
      .array(
        z.object({
          status: text.describe("Status of the modifications."),
          count: z.int().describe("Number of modifications with this status."),
        }),
      )
      .describe("Number of modifications per status."),
    failed: z
      .int()
      .describe(
        "Number of modifications that did not succeed: those with a failure reason, or a status that is neither `In-Sync`, `Applying` nor `Pending-Reboot`.",
      ),
    pending: z.int().describe("Number of modifications with the status `Applying` or `Pending-Reboot`."),
  }),
  summarize(records) {
    return {
      count: records.length,
      ...extent(records, "startTime"),
      byStatus: countBy(records, (record) => record.status).map(([status, count]) => ({ status, count })),
      failed: records.filter(({ status, failedReason }) => failedReason || !KNOWN.includes(status)).length,
      pending: records.filter((record) => record.status === "Applying" || record.status === "Pending-Reboot")
        .length,
    };
  },
};
