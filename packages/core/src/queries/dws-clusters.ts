import * as z from "zod";
import type { Query } from "./query.ts";
import { countBy } from "./summary.ts";
import type { DwsClustersArgs, DwsClustersRecord, DwsClustersSummary } from "./dws-clusters.types.ts";

const text = z.string().nullable();

/** DWS clusters of one project. */
export const dwsClusters: Query<DwsClustersArgs, DwsClustersRecord, DwsClustersSummary> = {
  name: "dws_clusters",
  description: "DWS clusters of one project, all that this identity may see.",
  source: "https://support.huaweicloud.com/intl/en-us/api-dws/ListClusters.html",
  service: "dws",
  path: "/v1.0/{project_id}/clusters",
  // The documents know no paging parameter here, and a total that is a text in Open Telekom Cloud's example.
  paging: { kind: "none", items: "clusters", total: "count", pageSize: 0 },
  // Whether all clusters are listed without it is not said. Open Telekom Cloud's page of the same request has none:
  // https://docs.otc.t-systems.com/data-warehouse-service/api-ref/api_description/cluster_management/querying_the_cluster_list.html
  enterpriseProjectParameter: "enterprise_project_id",
  key: "id",
  windowed: false,
  args: z.strictObject({
    enterpriseProjectId: z
      .string()
      .min(1)
      .optional()
      .describe(
        "ID of the enterprise project, `0` for the default one; all that one may see if absent, where the region knows enterprise projects.",
      ),
  }),
  record: z.object({
    id: text.describe("ID of the cluster."),
    name: text.describe("Name of the cluster."),
    status: text.describe("State of the cluster, such as `ACTIVE` or `AVAILABLE`, `CREATING` or `FROZEN`."),
    version: text.describe("Version of the data warehouse."),
    created: text.describe("Time of creation."),
    enterpriseProjectId: text.describe("ID of the enterprise project, `0` for the default one."),
    nodes: z
      .array(z.object({ id: text.describe("ID of the node."), status: text.describe("Status of the node.") }))
      .describe("Nodes of the cluster."),
    tags: z
      .array(z.object({ key: text.describe("Key of the tag."), value: text.describe("Value of the tag.") }))
      .describe("Tags of the cluster."),
  }),
  // Documented, and of no use to somebody who looks for audit trails; some change with every request.
  otherFields: [
    "action_progress",
    "availability_zone",
    "endpoints",
    "failed_reasons",
    "node_type",
    "number_of_node",
    "port",
    "public_endpoints",
    "public_ip",
    "recent_event",
    "security_group_id",
    "sub_status",
    "subnet_id",
    "task_status",
    "updated",
    "user_name",
    "vpc_id",
  ],
  summary: z.object({
    count: z.int().describe("Number of clusters."),
    byStatus: z
      .array(
        z.object({
          status: text.describe("State of the clusters."),
          count: z.int().describe("Number of clusters in this state."),
        }),
      )
      .describe("Number of clusters per state."),
  }),
  summarize(records) {
    return {
      count: records.length,
      byStatus: countBy(records, (record) => record.status).map(([status, count]) => ({ status, count })),
    };
  },
};
