import type { DwsAuditDumpRecordsRecord } from "../../queries/dws-audit-dump-records.types.ts";
import type { Extent } from "../time/moment.ts";
import type { Zone } from "../time/zone.ts";
import { momentIn } from "./trail.ts";

/** What became of a dump. */
export type DumpState = "succeeded" | "failed" | "running" | "unknown";

/** What the words of the service mean by the rules. */
export interface DumpResults {
  readonly successResults?: readonly string[] | undefined;
  readonly failedResults?: readonly string[] | undefined;
}

/** The one result that the vendor documents. */
export const RUNNING = "RUNNING";

// Only `RUNNING` is documented; this is what the service is assumed to say.
const SUCCESS = ["SUCCESS"];

/** Results that mean success by the rules. */
export function successResults({ successResults: named }: DumpResults): readonly string[] {
  return named ?? SUCCESS;
}

/** What became of a dump by the rules; whatever they do not name is unknown. */
export function dumpState(
  { result, failedReason }: DwsAuditDumpRecordsRecord,
  rules: DumpResults,
): DumpState {
  if (failedReason) return "failed";
  if (result === null) return "unknown";
  if (rules.failedResults?.includes(result)) return "failed";
  if (successResults(rules).includes(result)) return "succeeded";
  return result === RUNNING ? "running" : "unknown";
}

/** When a dump ran; undefined where it does not say. */
export function ranIn({ executorTime }: DwsAuditDumpRecordsRecord, zone: Zone): Extent | undefined {
  const ran = momentIn(executorTime, zone);
  return ran && { from: ran.earliest, to: ran.latest };
}

/** What a dump covers for certain: of times that come twice, the later beginning and the earlier end. */
export function dumpedIn({ beginTime, endTime }: DwsAuditDumpRecordsRecord, zone: Zone): Extent | undefined {
  const begin = momentIn(beginTime, zone);
  const end = momentIn(endTime, zone);
  if (!begin || !end || end.latest < begin.earliest) return undefined;
  return { from: begin.latest, to: Math.max(begin.latest, end.earliest) };
}
