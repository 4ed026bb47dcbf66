/** What a state of a cluster or instance means for its audit trail. */
export type Standing = "judged" | "skipped" | "unknown";

interface States {
  /** States in which there is no trail yet, or none any more. */
  readonly skipped: ReadonlySet<string>;
  /** States in which there is one, working or not. */
  readonly judged: ReadonlySet<string>;
}

// @see https://support.huaweicloud.com/intl/en-us/api-dws/ListClusters.html
// @see https://support.huaweicloud.com/intl/en-us/api-dws/dws_02_0018.html (older spellings, and stopped ones)
// @see https://docs.otc.t-systems.com/data-warehouse-service/api-ref/api_description/cluster_management/querying_the_cluster_list.html
const CLUSTERS: States = {
  skipped: new Set(["CREATING", "CREATE_FAILED", "CREATION FAILED", "DELETING", "DELETED"]),
  judged: new Set([
    "ACTIVE",
    "AVAILABLE",
    "FAILED",
    "UNAVAILABLE",
    "DELETE_FAILED",
    "DELETION FAILED",
    "STOPING",
    "STOPPED",
    "STARTING",
    "FROZEN",
    "POLICE_FROZEN",
  ]),
};

// @see https://docs.otc.t-systems.com/document-database-service/api-ref/apis_v3.0_recommended/db_instance_management/querying_instances_and_details.html
// `frozen` is in the official SDKs only.
const INSTANCES: States = {
  skipped: new Set(["creating", "createfail"]),
  judged: new Set(["normal", "abnormal", "frozen", "data_disk_full", "enlargefail"]),
};

/** What the documents say of a state; what they do not name is unknown. */
export function standingOf(query: "dws_clusters" | "dds_instances", status: string | null): Standing {
  const { skipped, judged } = query === "dws_clusters" ? CLUSTERS : INSTANCES;
  if (status === null) return "unknown";
  return skipped.has(status) ? "skipped" : judged.has(status) ? "judged" : "unknown";
}
