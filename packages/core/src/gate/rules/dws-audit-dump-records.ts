import type { DwsAuditDumpRecordsRecord } from "../../queries/dws-audit-dump-records.types.ts";
import { gapsBetween } from "../trail/coverage.ts";
import { type Finding, unknown, violated } from "../trail/finding.ts";
import { durationMs, zoneOf } from "../time/moment.ts";
import type { DwsAuditDumpRecordsRules } from "../policy/policy.types.ts";
import { momentIn, recent, rowsOf, timesOf, type Trail } from "../trail/trail.ts";
import { counted, instantText, lengthOf, listed, period, quoted } from "../trail/wording.ts";
import type { Zone } from "../time/zone.ts";
import { type DumpState, dumpedIn, dumpState, ranIn, successResults } from "../trail/dump.ts";

type Row = DwsAuditDumpRecordsRecord;
type Rules = Omit<DwsAuditDumpRecordsRules, "clusterIds">;

interface Scene {
  readonly rules: Rules;
  readonly zone: Zone;
  /** Dumps to be judged. */
  readonly trail: Trail<Row>;
  /** Dumps that are older. */
  readonly older: readonly Row[];
  /** Those of the dumps to be judged. */
  inState(state: DumpState): Trail<Row>;
}

/** What the dumps of one cluster break of the rules. */
export function judgeDumps(trail: Trail<Row>, rules: Rules): readonly Finding[] {
  const zone = zoneOf(rules.timeZone);
  const { inside, outside, findings } = recent("dump", trail, rules.within, (row) => {
    const ran = ranIn(row, zone);
    return ran && dumpState(row, rules) === "running" ? { ...ran, to: Infinity } : ran;
  });
  const scene: Scene = {
    rules,
    zone,
    trail: { ...trail, records: inside },
    older: outside,
    inState: (state) => ({ ...trail, records: inside.filter((row) => dumpState(row, rules) === state) }),
  };
  const judges = [maxAge, maxFailures, maxGap, maxRunning, place("bucketName"), place("locationPrefix")];
  return [...findings, ...judges.flatMap((judge) => judge(scene))];
}

function maxAge({ rules, zone, trail, inState }: Scene): readonly Finding[] {
  if (rules.maxAge === undefined) return [];
  const { timed, findings } = timesOf("maxAge", "dump", inState("succeeded"), (row) => ranIn(row, zone));
  const doubts = [...unknownResults("maxAge", rules, inState("unknown")), ...findings];
  if (doubts.length > 0) return doubts;
  const expected = `a successful dump that ran at most ${rules.maxAge} ago`;
  const newest = timed.toSorted((a, b) => b.from - a.from)[0];
  if (!newest) return [violated("maxAge", expected, noSuccess(trail, rules), trail.records)];
  const age = trail.at - newest.from;
  if (age <= durationMs(rules.maxAge)) return [];
  const found = `that the last one ran ${lengthOf(age)} ago, at ${instantText(newest.from)}`;
  return [violated("maxAge", expected, found, [newest.row])];
}

function maxFailures({ rules, inState }: Scene): readonly Finding[] {
  if (rules.maxFailures === undefined) return [];
  const { records } = inState("failed");
  const doubts = unknownResults("maxFailures", rules, inState("unknown"));
  if (records.length <= rules.maxFailures) return doubts;
  const expected = `at most ${counted(rules.maxFailures, "failed dump")}${period(rules.within)}`;
  return [violated("maxFailures", expected, counted(records.length, "failed dump"), records), ...doubts];
}

function maxGap({ rules, zone, trail, older, inState }: Scene): readonly Finding[] {
  if (rules.maxGap === undefined) return [];
  // A dump may be recorded before the interval that it is for has passed, as in the vendor's example.
  const dumped = (dumps: Trail<Row>) =>
    timesOf(
      "maxGap",
      "dump",
      dumps,
      (row) => dumpedIn(row, zone),
      ({ from }) => from,
    );
  const { timed, findings } = dumped(inState("succeeded"));
  const doubts = [...unknownResults("maxGap", rules, inState("unknown")), ...findings];
  if (doubts.length > 0) return doubts;
  // Older dumps can only show that the beginning of the window is covered, and since when there are dumps at all.
  const before = older.filter((row) => dumpState(row, rules) === "succeeded");
  const intervals = [...dumped({ ...trail, records: before }).timed, ...timed];
  const expected = `no time longer than ${rules.maxGap} without a successful dump of it${period(rules.within)}`;
  if (intervals.length === 0) return [violated("maxGap", expected, noSuccess(trail, rules), trail.records)];
  const since = Math.max(
    beginningOf([...older, ...trail.records], zone),
    rules.within === undefined ? -Infinity : trail.at - durationMs(rules.within),
  );
  const gaps = gapsBetween(intervals, since, trail.at, durationMs(rules.maxGap));
  const [longest] = gaps;
  if (!longest) return [];
  const { from, to, beside } = longest;
  const found = `${counted(gaps.length, "gap")}, the longest of ${lengthOf(to - from)} from ${instantText(from)} to ${instantText(to)}`;
  return [violated("maxGap", expected, found, beside)];
}

function maxRunning({ rules, zone, trail, inState }: Scene): readonly Finding[] {
  if (rules.maxRunning === undefined) return [];
  const limit = durationMs(rules.maxRunning);
  const { timed, findings } = timesOf("maxRunning", "dump", inState("running"), (row) => ranIn(row, zone));
  const late = timed.filter(({ from }) => trail.at - from > limit).toSorted((a, b) => a.from - b.from);
  const doubts = [...unknownResults("maxRunning", rules, inState("unknown")), ...findings];
  const [first] = late;
  if (!first) return doubts;
  const expected = `no dump that has been running for more than ${rules.maxRunning}`;
  const found = `${counted(late.length, "dump")} running for up to ${lengthOf(trail.at - first.from)}`;
  return [violated("maxRunning", expected, found, rowsOf(late)), ...doubts];
}

function place(rule: "bucketName" | "locationPrefix"): (scene: Scene) => readonly Finding[] {
  return ({ rules, trail: { records } }) => {
    const wanted = rules[rule];
    if (wanted === undefined) return [];
    const expected = `${rule} ${quoted(wanted)} for every dump${period(rules.within)}`;
    const others = records.filter((row) => row[rule] !== null && row[rule] !== wanted);
    const silent = records.filter((row) => row[rule] === null);
    const found = `${counted(others.length, "dump")} with ${listed(others.map((row) => row[rule]))}`;
    return [
      ...(others.length > 0 ? [violated(rule, expected, found, others)] : []),
      ...(silent.length > 0
        ? [unknown(rule, expected, `${counted(silent.length, "dump")} with null`, silent)]
        : []),
    ];
  };
}

function unknownResults(rule: string, rules: Rules, { records }: Trail<Row>): readonly Finding[] {
  if (records.length === 0) return [];
  const { failedResults = [] } = rules;
  const failure = failedResults.length > 0 ? ` or failedResults (${listed(failedResults)})` : "";
  const expected = `only results of successResults (${listed(successResults(rules))})${failure}, or "RUNNING"`;
  const found = `${counted(records.length, "dump")} with ${listed(records.map(({ result }) => result))}`;
  return [unknown(rule, expected, found, records)];
}

/** Since when there are dumps, whatever became of them. */
function beginningOf(records: readonly Row[], zone: Zone): number {
  return records
    .map((row) => momentIn(row.beginTime, zone) ?? momentIn(row.executorTime, zone))
    .reduce((first, moment) => Math.min(first, moment?.earliest ?? Infinity), Infinity);
}

function noSuccess({ records }: Trail<Row>, rules: Rules): string {
  return `no successful one among ${counted(records.length, "dump")}${period(rules.within)}`;
}
