import type { DdsAuditLogsRecord } from "../../queries/dds-audit-logs.types.ts";
import type { Extent } from "../time/moment.ts";
import { type Fault, unknown } from "./finding.ts";
import { momentIn, recent, type Trail } from "./trail.ts";
import { counted } from "./wording.ts";

/** What rules about logs have in common. */
export interface LogTerms {
  readonly within: string;
  readonly nodeIds?: readonly string[] | undefined;
}

/** What rules about logs judge: those of one instance. */
export interface LogScene {
  readonly terms: LogTerms;
  /** Logs of the window. */
  readonly trail: Trail<DdsAuditLogsRecord>;
  /** Logs of the reading that are before the window. */
  readonly earlier: readonly DdsAuditLogsRecord[];
}

// Times of logs carry a zone; the vendor documents no other.
const NO_ZONE = { instantsOf: () => [] };

/** The logs to be judged, and those of which nobody can tell whether they are. */
export function logScene(
  trail: Trail<DdsAuditLogsRecord>,
  terms: LogTerms,
): { readonly scene: LogScene; readonly faults: readonly Fault[] } {
  const { inside, outside, faults } = recent("log", trail, terms.within, loggedIn, () => false);
  return { scene: { terms, trail: { ...trail, records: inside }, earlier: outside }, faults };
}

/** From when to when a log is; undefined where it does not say. */
export function loggedIn({ startTime, endTime }: DdsAuditLogsRecord): Extent | undefined {
  const start = momentIn(startTime, NO_ZONE);
  const end = momentIn(endTime, NO_ZONE);
  return start && end && { from: start.earliest, to: end.latest };
}

/** Doubts of every rule that has to know whose log it is. */
export function nameless(logs: readonly DdsAuditLogsRecord[]): readonly Fault[] {
  const rows = logs.filter(({ nodeId }) => nodeId === null);
  if (rows.length === 0) return [];
  return [unknown("logs that name their node", `${counted(rows.length, "log")} without one`, rows)];
}
