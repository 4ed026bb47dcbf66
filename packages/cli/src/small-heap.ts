import { setFlagsFromString } from "node:v8";
import type { GatePolicy } from "@auditgate/core";

/** Subjects that a policy may name without being one of many. */
const FEW = 100;

/**
 * Where a policy may be about many subjects, has the heap grow to half as much again as is alive before garbage is looked
 * for, and not to four times as much, as V8 would have it: thousands of subjects then take hardly more memory than a few,
 * for a seventh more of the processor's time.
 */
export function keepHeapSmall(policy: GatePolicy): void {
  const { dwsAuditDumpRecords: dumps = [], dwsParameterModificationRecords: changes = [] } = policy;
  const clusters = [...dumps, ...changes].map(({ clusterIds }) => clusterIds);
  const instances = (policy.ddsAuditLogs ?? []).map(({ instanceIds }) => instanceIds);
  const isLong = (ids: readonly string[]) => ids.includes("*") || ids.length > FEW;
  if ([...clusters, ...instances].some(isLong)) setFlagsFromString("--heap-growing-percent=50");
}
