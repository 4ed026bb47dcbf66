import type { Query } from "./query.ts";
import { ddsAuditLogs } from "./dds-audit-logs.ts";
import { ddsInstances } from "./dds-instances.ts";
import { dwsAuditDumpRecords } from "./dws-audit-dump-records.ts";
import { dwsClusters } from "./dws-clusters.ts";
import { dwsParameterModificationRecords } from "./dws-parameter-modification-records.ts";

/** Every query by its TypeScript name: what adapters loop over. */
export const queries = {
  dwsAuditDumpRecords,
  dwsParameterModificationRecords,
  ddsAuditLogs,
  dwsClusters,
  ddsInstances,
} as const satisfies { readonly [name: string]: Query<never, never, never> | object };
