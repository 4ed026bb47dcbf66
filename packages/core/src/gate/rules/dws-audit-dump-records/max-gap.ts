import type { DwsAuditDumpRecordsRecord } from "../../../queries/dws-audit-dump-records.types.ts";
import { duration } from "../../../instant.ts";
import { durationMs } from "../../time/moment.ts";
import type { Zone } from "../../time/zone.ts";
import { gapsBetween, gapsText } from "../../trail/coverage.ts";
import { dumpedIn, dumpState } from "../../trail/dump.ts";
import { type DumpScene, noSuccess, unknownResults } from "../../trail/dump-scene.ts";
import { violated } from "../../trail/finding.ts";
import { momentIn, timesOf, type Trail } from "../../trail/trail.ts";
import { instantText, period } from "../../trail/wording.ts";
import type { Rule } from "../rule.ts";

/** Successful dumps cover the time without gaps that are too long. */
export const maxGap: Rule<string, DumpScene> = {
  id: "dws.dump.max-gap",
  name: "maxGap",
  order: 3,
  field: duration
    .optional()
    .describe(
      "Longest time that no successful dump covers, between dumps and since the newest; the latter may be longer by the length of that dump's own interval, at most by this time again, as the next one is not due before. An end that has not come is unknown; no successful dump is a violation.",
    ),
  demands:
    "no time longer than this that no successful dump covers (its begin to its end), between dumps and since the newest; overlapping ones count once. The time since the newest may be longer by that dump's own length, for the next is not due before, but at most by `maxGap` again. An interval that ends after now is `unknown`. Older dumps may cover the beginning of `within`",
  timed: true,
  next: "See whether audit-log dumps are on for the cluster, and run one; if all is well, allow for a longer time.",
  acknowledgedBy: ["gapStart"],
  controls: [
    { id: "NIST SP 800-53 AU-11", why: "no stretch of the audit records is missing from what is retained" },
  ],
  judge(longest, scene, accepts) {
    const { terms, zone, trail, older } = scene;
    const { timed, faults } = dumped(scene.inState("succeeded"), zone);
    const doubts = [...unknownResults(scene), ...faults];
    if (doubts.length > 0) return doubts;
    // Older dumps can only show that the beginning of the window is covered, and since when there are dumps at all.
    const before = older.filter((row) => dumpState(row, terms) === "succeeded");
    const intervals = [...dumped({ ...trail, records: before }, zone).timed, ...timed];
    const expected = `no time longer than ${longest} without a successful dump of it${period(terms.within)}`;
    if (intervals.length === 0) return [violated(expected, noSuccess(scene), trail.records)];
    const window = terms.within === undefined ? -Infinity : trail.at - durationMs(terms.within);
    const since = Math.max(beginningOf([...older, ...trail.records], zone), window);
    const gaps = gapsBetween(intervals, since, trail.at, durationMs(longest)).filter(
      ({ began }) => !accepts({ gapStart: instantText(began) }),
    );
    const [worst] = gaps;
    return worst ? [violated(expected, gapsText(gaps, window, trail.at), worst.beside)] : [];
  },
};

function dumped(dumps: Trail<DwsAuditDumpRecordsRecord>, zone: Zone) {
  return timesOf("dump", dumps, (row) => dumpedIn(row, zone));
}

/** Since when there are dumps, whatever became of them. */
function beginningOf(records: readonly DwsAuditDumpRecordsRecord[], zone: Zone): number {
  return records
    .map((row) => momentIn(row.beginTime, zone) ?? momentIn(row.executorTime, zone))
    .reduce((first, moment) => Math.min(first, moment?.earliest ?? Infinity), Infinity);
}
