/** What an identity must be allowed to do for a query, by the name of the query, as the documents of each cloud have it. */
export interface Permission {
  readonly huaweiCloud: string;
  /** Where its documents name none, what the system policy for reading has. */
  readonly openTelekomCloud: readonly string[];
}

// Its documents name no action of DWS; the system policy `DWS ReadOnlyAccess` has these.
const DWS_OF_OTC = ["dws:*:get*", "dws:*:list*"];

// @see https://support.huaweicloud.com/api-dws/ListAuditLog.html
// @see https://support.huaweicloud.com/api-dws/ListConfigurationsAuditRecords.html
// @see https://support.huaweicloud.com/intl/en-us/api-dds/dds_api_0099.html
// @see https://support.huaweicloud.com/intl/en-us/mgtg-dws/dws_01_0149.html
export const PERMISSIONS: Readonly<{ [query: string]: Permission }> = {
  dws_audit_dump_records: { huaweiCloud: "dws:cluster:listAuditLog", openTelekomCloud: DWS_OF_OTC },
  dws_parameter_modification_records: {
    huaweiCloud: "dws:cluster:listHistoryConfig",
    openTelekomCloud: DWS_OF_OTC,
  },
  dws_clusters: { huaweiCloud: "dws:cluster:list", openTelekomCloud: DWS_OF_OTC },
  dds_instances: { huaweiCloud: "dds:instance:listAll", openTelekomCloud: ["dds:instance:list"] },
  dds_audit_logs: { huaweiCloud: "dds:instance:listAuditLog", openTelekomCloud: ["dds:instance:list"] },
};

/** What the look-up of a project by its name needs, in either cloud. */
export const PROJECT_PERMISSION = "iam:projects:listProjects";

/** The action that a query needs, in a sentence. */
export function permissionText(query: string): string | undefined {
  const permission = PERMISSIONS[query];
  if (!permission) return undefined;
  const { huaweiCloud, openTelekomCloud } = permission;
  if (openTelekomCloud === DWS_OF_OTC) return huaweiCloud;
  return `${huaweiCloud} (Open Telekom Cloud: ${openTelekomCloud.join(", ")})`;
}
