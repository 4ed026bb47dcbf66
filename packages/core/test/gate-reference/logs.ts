import type { DdsAuditLogsRecord as Log, DdsAuditLogsRules } from "@auditgate/core";
import { decide, hasGap, minuteOf, minutes, past, Unknown } from "./ruler.ts";

/** Whether audit logs are in order at the minute `at`. */
export function logsPass(
  rows: readonly Log[],
  rules: Omit<DdsAuditLogsRules, "instanceIds">,
  at: number,
): boolean {
  return decide(() => {
    const start = at - minutes(rules.within);
    const span = (row: Log): [number, number] => {
      const from = minuteOf(row.startTime, undefined);
      const to = past(minuteOf(row.endTime, undefined), at);
      if (to < from) throw new Unknown();
      return [from, to];
    };
    const judged = rows.filter((row) => span(row)[1] >= start);
    const nodesOf = (logs: readonly Log[]) =>
      logs.map(({ nodeId }) => {
        if (nodeId === null) throw new Unknown();
        return nodeId;
      });
    if (rules.minLogs !== undefined && judged.length < rules.minLogs) return false;
    if (rules.maxTotalBytes !== undefined) {
      let left = rules.maxTotalBytes;
      for (const { size } of judged) {
        if (size === null || size < 0) return false;
        left -= size;
      }
      if (left < 0) return false;
    }
    if (rules.maxAge !== undefined) {
      if (!judged.some((row) => at - span(row)[1] <= minutes(rules.maxAge ?? ""))) return false;
    }
    if (rules.nodeIds?.some((nodeId) => !nodesOf(judged).some((node) => node === nodeId))) return false;
    if (rules.nodeIds !== undefined) nodesOf(judged);
    if (rules.maxGap !== undefined) {
      if (judged.length === 0) return false;
      for (const node of new Set(rules.nodeIds ?? nodesOf(rows))) {
        const spans = rows.filter(({ nodeId }) => nodeId === node).map(span);
        if (hasGap(spans, start, at, minutes(rules.maxGap))) return false;
      }
    }
    return true;
  });
}
