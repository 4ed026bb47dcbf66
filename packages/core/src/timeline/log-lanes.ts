import { loggedIn, type LogTerms } from "../gate/trail/log-scene.ts";
import { instantText } from "../gate/trail/wording.ts";
import type { DdsAuditLogsRecord } from "../queries/dds-audit-logs.types.ts";
import { harmless } from "../texts/harmless.ts";
import { type Counted } from "./counted.ts";
import { within } from "./within.ts";
import { emptySpan, gapSpans, overdueSpans } from "./lacking.ts";
import type { Lane, Span } from "./timeline.ts";

/** The logs of one instance, a line for each node: those that rules name, and those that have written. */
export function logLanes(
  records: readonly DdsAuditLogsRecord[],
  sets: readonly LogTerms[],
  counted: Counted,
  from: number,
  to: number,
): readonly Lane[] {
  const named = sets.flatMap(({ nodeIds = [] }) => nodeIds);
  const byNode = Map.groupBy(records, ({ nodeId }) => nodeId);
  const nodes = new Set([...named, ...byNode.keys()]);
  const isSilent = !records.some((row) => (loggedIn(row)?.to ?? -Infinity) >= from);
  const silent = isSilent ? OF_NOTHING : [];
  if (nodes.size === 0) return [{ name: "logs", spans: [emptySpan("silent", SILENCE, silent, from, to)] }];
  return [...nodes]
    .toSorted((one, other) => ((one ?? "") < (other ?? "") ? -1 : 1))
    .map((nodeId): Lane => {
      const timed = (byNode.get(nodeId) ?? []).flatMap((row) => {
        const extent = loggedIn(row);
        return extent ? [{ row, ...extent }] : [];
      });
      const inside = timed.filter((log) => log.to >= from);
      const spans = inside.map((log): Span => {
        const text = `Log from ${instantText(log.from)} to ${instantText(log.to)}.`;
        return { ...within(log, from, to), state: "done", count: 1, text, counted: [] };
      });
      const gaps = counted.by("max-gap").filter(({ seen }) => seen.nodeId === nodeId);
      const overdue = timed.flatMap(({ row, ...log }) =>
        overdueSpans("log", log.to, counted.of({ endTime: row.endTime }, "max-age"), from, to),
      );
      return {
        name: nodeId === null ? "no node named" : harmless(nodeId),
        spans: [
          ...spans,
          ...(inside.length === 0 && nodeId !== null && (isSilent || named.includes(nodeId))
            ? [emptySpan("silent", SILENCE, ["dds.log.node-ids", ...silent], from, to)]
            : []),
          ...gapSpans(gaps, timed, from, to),
          ...overdue,
        ],
      };
    });
}

/** Rules that are broken by an instance that has no log at all. */
const OF_NOTHING = ["dds.log.max-age", "dds.log.max-gap", "dds.log.min-logs"];

const SILENCE = "No log at all in this time.";
