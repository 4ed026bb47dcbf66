import * as z from "zod";
import type { Query } from "./query.ts";
import { countBy } from "./summary.ts";
import type { DdsInstancesArgs, DdsInstancesRecord, DdsInstancesSummary } from "./dds-instances.types.ts";

const text = z.string().nullable();

/** DDS instances of one project. */
export const ddsInstances: Query<DdsInstancesArgs, DdsInstancesRecord, DdsInstancesSummary> = {
  name: "dds_instances",
  description: "DDS instances of one project and their nodes, all that this identity may see.",
  source:
    "https://docs.otc.t-systems.com/document-database-service/api-ref/apis_v3.0_recommended/db_instance_management/querying_instances_and_details.html",
  service: "dds",
  path: "/v3/{project_id}/instances",
  paging: { kind: "record-offset", items: "instances", total: "total_count", pageSize: 100 },
  key: "id",
  windowed: false,
  args: z.strictObject({
    name: z
      .string()
      .min(1)
      .optional()
      .describe("Name of the instance; with `*` in front, every name that contains the rest."),
    mode: z
      .enum(["Sharding", "ReplicaSet", "Single"])
      .optional()
      .describe("Kind of the instances: `Sharding` (clusters), `ReplicaSet` or `Single`."),
  }),
  record: z.object({
    id: text.describe("ID of the instance."),
    name: text.describe("Name of the instance."),
    status: text.describe("State of the instance, such as `normal`, `abnormal` or `creating`."),
    mode: text.describe("Kind of the instance: `Sharding`, `ReplicaSet` or `Single`."),
    datastore: z
      .object({ type: text.describe("Database engine."), version: text.describe("Version of the engine.") })
      .nullable()
      .describe("Database engine."),
    created: text.describe("Time of creation, without a zone."),
    enterpriseProjectId: text.describe("ID of the enterprise project, `0` for the default one."),
    groups: z
      .array(
        z.object({
          type: text.describe("Kind of the nodes: `mongos`, `shard`, `config`, `replica` or `single`."),
          id: text.describe("ID of the group; shards and config nodes have one."),
          name: text.describe("Name of the group; shards and config nodes have one."),
          nodes: z
            .array(
              z.object({
                id: text.describe("ID of the node."),
                name: text.describe("Name of the node."),
                status: text.describe("Status of the node."),
                role: text.describe(
                  "Role of the node: `master` (mongos), `Primary`, `Secondary`, `Hidden` or `unknown`.",
                ),
              }),
            )
            .describe("Nodes of the group."),
        }),
      )
      .describe("Groups of nodes. The audit logs of `Sharding` instances are on their mongos nodes."),
    tags: z
      .array(z.object({ key: text.describe("Key of the tag."), value: text.describe("Value of the tag.") }))
      .describe("Tags of the instance."),
  }),
  // Documented by the vendors or in their SDKs, and of no use to somebody who looks for audit trails.
  otherFields: [
    "actions",
    "backup_strategy",
    "db_user_name",
    "disk_encryption_id",
    "dss_pool_id",
    "engine",
    "maintenance_window",
    "pay_mode",
    "port",
    "region",
    "remark",
    "security_group_id",
    "ssl",
    "subnet_id",
    "time_zone",
    "updated",
    "vpc_id",
  ],
  summary: z.object({
    count: z.int().describe("Number of instances."),
    nodes: z.int().describe("Number of nodes of all instances."),
    byStatus: z
      .array(
        z.object({
          status: text.describe("State of the instances."),
          count: z.int().describe("Number of instances in this state."),
        }),
      )
      .describe("Number of instances per state."),
  }),
  summarize(records) {
    return {
      count: records.length,
      nodes: records.flatMap(({ groups }) => groups.flatMap(({ nodes }) => nodes)).length,
      byStatus: countBy(records, (record) => record.status).map(([status, count]) => ({ status, count })),
    };
  },
};
