import type { DwsParameterModificationRecordsRecord } from "../../queries/dws-parameter-modification-records.types.ts";
import type { Extent } from "../time/moment.ts";
import type { Zone } from "../time/zone.ts";
import { momentIn } from "./trail.ts";

/** What became of a modification. */
export type ChangeState = "succeeded" | "failed" | "pending" | "unknown";

/** What the words of the service mean by the rules. */
export interface ChangeStatuses {
  readonly successStatuses?: readonly string[] | undefined;
  readonly failedStatuses?: readonly string[] | undefined;
}

/** Statuses of modifications that are not in force yet; like `In-Sync`, known from the vendor's SDK. */
export const PENDING: readonly string[] = ["Applying", "Pending-Reboot"];

const SUCCESS = ["In-Sync"];

/** Statuses that mean success by the rules. */
export function successStatuses({ successStatuses: named }: ChangeStatuses): readonly string[] {
  return named ?? SUCCESS;
}

/** What became of a modification by the rules; whatever they do not name is unknown. */
export function changeState(
  { status, failedReason }: DwsParameterModificationRecordsRecord,
  rules: ChangeStatuses,
): ChangeState {
  if (failedReason) return "failed";
  if (status === null) return "unknown";
  if (rules.failedStatuses?.includes(status)) return "failed";
  if (successStatuses(rules).includes(status)) return "succeeded";
  return PENDING.includes(status) ? "pending" : "unknown";
}

/**
 * When a modification was made; without end where it is pending. One that has neither an end nor is pending, as in
 * the vendor's example, is taken to have ended at once: callers whom that does not suit have to look at its end.
 */
export function changedIn(
  row: DwsParameterModificationRecordsRecord,
  rules: ChangeStatuses,
  zone: Zone,
): Extent | undefined {
  const start = momentIn(row.startTime, zone);
  const end = row.endTime === null ? start : momentIn(row.endTime, zone);
  if (!start || !end || end.latest < start.earliest) return undefined;
  return { from: start.earliest, to: changeState(row, rules) === "pending" ? Infinity : end.latest };
}
