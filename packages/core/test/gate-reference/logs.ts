import type { DdsAuditLogsRecord as Log, DdsAuditLogsRules } from "@auditgate/core";
import { gapStart, type Ledger, NOTHING_ACKNOWLEDGED } from "./ledger.ts";
import { decide, gapsOf, minuteOf, minutes, past, Unknown } from "./ruler.ts";

/** Whether audit logs are in order at the minute `at`. */
export function logsPass(
  rows: readonly Log[],
  rules: Omit<DdsAuditLogsRules, "instanceIds">,
  at: number,
  ledger: Ledger = NOTHING_ACKNOWLEDGED,
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
      const fits = (logs: readonly Log[]) =>
        logs.every(({ size }) => size !== null && size >= 0) &&
        logs.reduce((bytes, { size }) => bytes + (size ?? 0), 0) <= (rules.maxTotalBytes ?? 0);
      const isNamed = ledger("dds.log.max-total-bytes");
      if (!fits(judged) && !fits(judged.filter(({ id }) => !isNamed({ id })))) return false;
    }
    if (rules.maxAge !== undefined) {
      const ends = judged.map((row) => span(row)[1]);
      const newest = judged[ends.indexOf(Math.max(...ends))];
      if (!newest) return false;
      const isNamed = ledger("dds.log.max-age");
      if (at - span(newest)[1] > minutes(rules.maxAge) && !isNamed({ endTime: newest.endTime })) return false;
    }
    if (rules.nodeIds?.some((nodeId) => !nodesOf(judged).some((node) => node === nodeId))) return false;
    if (rules.nodeIds !== undefined) nodesOf(judged);
    if (rules.maxGap !== undefined) {
      if (judged.length === 0) return false;
      const isNamed = ledger("dds.log.max-gap");
      for (const node of new Set(rules.nodeIds ?? nodesOf(rows))) {
        const spans = rows.filter(({ nodeId }) => nodeId === node).map(span);
        const gaps = gapsOf(spans, start, at, minutes(rules.maxGap));
        if (!gaps.every((began) => isNamed({ nodeId: node, gapStart: gapStart(began) }))) return false;
      }
    }
    return true;
  });
}
