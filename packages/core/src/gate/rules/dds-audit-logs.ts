import type { DdsAuditLogsRecord } from "../../queries/dds-audit-logs.types.ts";
import { groupBy } from "../../queries/summary.ts";
import { gapsBetween } from "../trail/coverage.ts";
import { type Finding, unknown, violated } from "../trail/finding.ts";
import { durationMs } from "../time/moment.ts";
import type { DdsAuditLogsRules } from "../policy/policy.types.ts";
import { type Extent, momentIn, recent, timesOf, type Trail } from "../trail/trail.ts";
import { counted, instantText, lengthOf, listed, quoted } from "../trail/wording.ts";

type Row = DdsAuditLogsRecord;
type Rules = Omit<DdsAuditLogsRules, "instanceIds">;

interface Scene {
  readonly rules: Rules;
  /** Logs of the window. */
  readonly trail: Trail<Row>;
}

// Times of logs carry a zone; the vendor documents no other.
const NO_ZONE = { instantsOf: () => [] };

/** What the audit logs of one instance break of the rules. */
export function judgeLogs(trail: Trail<Row>, rules: Rules): readonly Finding[] {
  const { inside, findings } = recent("log", trail, rules.within, loggedIn);
  const scene: Scene = { rules, trail: { ...trail, records: inside } };
  const judges = [nodeIds, maxGap, maxAge, minLogs, maxTotalBytes];
  return [...findings, ...judges.flatMap((judge) => judge(scene))];
}

function nodeIds({ rules, trail: { records } }: Scene): readonly Finding[] {
  if (rules.nodeIds === undefined) return [];
  const expected = `logs of each of ${counted(rules.nodeIds.length, "node")} in the last ${rules.within}`;
  const seen = new Set(records.map(({ nodeId }) => nodeId));
  const silent = rules.nodeIds.filter((nodeId) => !seen.has(nodeId));
  return [
    ...(silent.length > 0 ? [violated("nodeIds", expected, `none of ${listed(silent)}`)] : []),
    ...nameless("nodeIds", records),
  ];
}

function maxGap({ rules, trail }: Scene): readonly Finding[] {
  if (rules.maxGap === undefined) return [];
  const expected = `no time longer than ${rules.maxGap} in the last ${rules.within} without a log of a node`;
  const doubts = nameless("maxGap", trail.records);
  if (doubts.length > 0) return doubts;
  if (trail.records.length === 0 && rules.nodeIds === undefined) {
    return [violated("maxGap", expected, "no log at all")];
  }
  const allowedMs = durationMs(rules.maxGap);
  const from = trail.at - durationMs(rules.within);
  const wanted = groupBy(trail.records, ({ nodeId }) => nodeId).filter(
    ([nodeId]) => nodeId !== null && rules.nodeIds?.includes(nodeId) !== false,
  );
  return wanted.flatMap(([nodeId, rows]) => {
    const { timed } = timesOf("maxGap", "log", { ...trail, records: rows }, loggedIn);
    const gaps = gapsBetween(timed, from, trail.at, allowedMs);
    const [longest] = gaps;
    if (!longest) return [];
    const found = `${counted(gaps.length, "gap")} of node ${quoted(nodeId)}, the longest of ${lengthOf(longest.to - longest.from)} from ${instantText(longest.from)} to ${instantText(longest.to)}`;
    return [violated("maxGap", expected, found, longest.beside)];
  });
}

function maxAge({ rules, trail }: Scene): readonly Finding[] {
  if (rules.maxAge === undefined) return [];
  const expected = `a log that ended at most ${rules.maxAge} ago`;
  const { timed } = timesOf("maxAge", "log", trail, loggedIn);
  const newest = timed.toSorted((a, b) => b.to - a.to)[0];
  if (!newest) return [violated("maxAge", expected, `no log in the last ${rules.within}`)];
  const age = trail.at - newest.to;
  if (age <= durationMs(rules.maxAge)) return [];
  const found = `that the newest one ended ${lengthOf(age)} ago, at ${instantText(newest.to)}`;
  return [violated("maxAge", expected, found, [newest.row])];
}

function minLogs({ rules, trail: { records } }: Scene): readonly Finding[] {
  if (rules.minLogs === undefined || records.length >= rules.minLogs) return [];
  const expected = `at least ${counted(rules.minLogs, "log")} in the last ${rules.within}`;
  return [violated("minLogs", expected, counted(records.length, "log"), records)];
}

function maxTotalBytes({ rules, trail: { records } }: Scene): readonly Finding[] {
  if (rules.maxTotalBytes === undefined) return [];
  const expected = `at most ${rules.maxTotalBytes} bytes of logs in the last ${rules.within}`;
  const sized = records.filter(({ size }) => size !== null && size >= 0);
  const total = sized.reduce((bytes, { size }) => bytes + (size ?? 0), 0);
  const others = records.filter(({ size }) => size === null || size < 0);
  const largest = sized.toSorted((a, b) => (b.size ?? 0) - (a.size ?? 0));
  return [
    ...(total > rules.maxTotalBytes
      ? [violated("maxTotalBytes", expected, `${total} bytes in ${counted(sized.length, "log")}`, largest)]
      : []),
    ...(others.length > 0
      ? [unknown("maxTotalBytes", expected, `${counted(others.length, "log")} without a size`, others)]
      : []),
  ];
}

function nameless(rule: string, records: readonly Row[]): readonly Finding[] {
  const rows = records.filter(({ nodeId }) => nodeId === null);
  if (rows.length === 0) return [];
  return [unknown(rule, "logs that name their node", `${counted(rows.length, "log")} without one`, rows)];
}

function loggedIn({ startTime, endTime }: Row): Extent | undefined {
  const start = momentIn(startTime, NO_ZONE);
  const end = momentIn(endTime, NO_ZONE);
  return start && end && { from: start.earliest, to: end.latest };
}
