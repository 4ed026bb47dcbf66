import type { DwsParameterModificationRecordsRecord } from "../../queries/dws-parameter-modification-records.types.ts";
import { type Finding, unknown, violated } from "../trail/finding.ts";
import { zoneOf } from "../time/moment.ts";
import type { DwsParameterModificationRecordsRules } from "../policy/policy.types.ts";
import { type Extent, recent, rowsOf, timesOf, type Trail } from "../trail/trail.ts";
import { counted, listed, period } from "../trail/wording.ts";
import type { Zone } from "../time/zone.ts";
import { changedIn, type ChangeState, changeState, PENDING, successStatuses } from "../trail/change.ts";
import { freezeSpan } from "../time/freeze-window.ts";

type Row = DwsParameterModificationRecordsRecord;
type Rules = Omit<DwsParameterModificationRecordsRules, "clusterIds">;

interface Scene {
  readonly rules: Rules;
  readonly zone: Zone;
  /** Modifications to be judged. */
  readonly trail: Trail<Row>;
  inState(state: ChangeState): readonly Row[];
}

const NOUN = "modification";

/** What the parameter modifications of one cluster break of the rules. */
export function judgeChanges(trail: Trail<Row>, rules: Rules): readonly Finding[] {
  const zone = zoneOf(rules.timeZone);
  const { inside, findings } = recent(NOUN, trail, rules.within, (row) => changedIn(row, rules, zone));
  const scene: Scene = {
    rules,
    zone,
    trail: { ...trail, records: inside },
    inState: (state) => inside.filter((row) => changeState(row, rules) === state),
  };
  const judges = [noPending, maxFailed, maxChanges, allowedOperators, freezeWindows];
  return [...findings, ...judges.flatMap((judge) => judge(scene))];
}

function noPending({ rules, inState }: Scene): readonly Finding[] {
  if (!rules.noPending) return [];
  const pending = inState("pending");
  const doubts = unknownStatuses("noPending", rules, inState("unknown"));
  if (pending.length === 0) return doubts;
  const found = `${counted(pending.length, NOUN)} with ${listed(pending.map(({ status }) => status))}`;
  return [violated("noPending", "no pending modification", found, pending), ...doubts];
}

function maxFailed({ rules, inState }: Scene): readonly Finding[] {
  if (rules.maxFailed === undefined) return [];
  const failed = inState("failed");
  const doubts = unknownStatuses("maxFailed", rules, inState("unknown"));
  if (failed.length <= rules.maxFailed) return doubts;
  const expected = `at most ${counted(rules.maxFailed, "failed modification")}${period(rules.within)}`;
  return [violated("maxFailed", expected, counted(failed.length, "failed modification"), failed), ...doubts];
}

function maxChanges({ rules, trail: { records } }: Scene): readonly Finding[] {
  if (rules.maxChanges === undefined || records.length <= rules.maxChanges) return [];
  const expected = `at most ${counted(rules.maxChanges, NOUN)}${period(rules.within)}`;
  return [violated("maxChanges", expected, counted(records.length, NOUN), records)];
}

function allowedOperators({ rules, trail: { records } }: Scene): readonly Finding[] {
  const { allowedOperators: allowed } = rules;
  if (allowed === undefined) return [];
  const expected = `only modifications by ${listed(allowed)}${period(rules.within)}`;
  const others = records.filter(({ operator }) => operator !== null && !allowed.includes(operator));
  const nobodys = records.filter(({ operator }) => operator === null);
  const by = (rows: readonly Row[]) =>
    `${counted(rows.length, NOUN)} by ${listed(rows.map(({ operator }) => operator))}`;
  return [
    ...(others.length > 0 ? [violated("allowedOperators", expected, by(others), others)] : []),
    ...(nobodys.length > 0 ? [unknown("allowedOperators", expected, by(nobodys), nobodys)] : []),
  ];
}

function freezeWindows({ rules, zone, trail }: Scene): readonly Finding[] {
  if (!rules.freezeWindows?.length) return [];
  const { timed, findings } = timesOf("freezeWindows", NOUN, trail, (row) => changedIn(row, rules, zone));
  return [
    ...findings,
    ...rules.freezeWindows.flatMap((window) => {
      const { from, to } = freezeSpan(window, zone);
      const expected = `no modification from ${window.start} to ${window.end}`;
      // A modification that ends as the window begins is not inside; one that begins then, or still goes on, is.
      const reaches = (change: Extent) => (change.to === Infinity ? trail.at >= from : change.to > from);
      const inside = timed.filter((change) => change.from < to && (reaches(change) || change.from >= from));
      // Without an end, a modification may have lasted into any window that has begun since.
      const endless = timed.filter(
        ({ row, ...change }) => row.endTime === null && change.to < from && from <= trail.at,
      );
      return [
        ...(inside.length > 0
          ? [violated("freezeWindows", expected, counted(inside.length, NOUN), rowsOf(inside))]
          : []),
        ...(endless.length > 0
          ? [
              unknown(
                "freezeWindows",
                expected,
                `${counted(endless.length, NOUN)} before that, without an end`,
                rowsOf(endless),
              ),
            ]
          : []),
      ];
    }),
  ];
}

function unknownStatuses(rule: string, rules: Rules, records: readonly Row[]): readonly Finding[] {
  if (records.length === 0) return [];
  const { failedStatuses = [] } = rules;
  const failure = failedStatuses.length > 0 ? `, failedStatuses (${listed(failedStatuses)})` : "";
  const expected = `only statuses of successStatuses (${listed(successStatuses(rules))})${failure}, or ${listed(PENDING)}`;
  const found = `${counted(records.length, NOUN)} with ${listed(records.map(({ status }) => status))}`;
  return [unknown(rule, expected, found, records)];
}
