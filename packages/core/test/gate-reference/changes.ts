import type {
  DwsParameterModificationRecordsRecord as Change,
  DwsParameterModificationRecordsRules,
} from "@auditgate/core";
import { decide, minuteOf, minutes, offsetMinutes, past, Unknown } from "./ruler.ts";

/** Whether parameter modifications are in order at the minute `at`. */
export function changesPass(
  rows: readonly Change[],
  rules: Omit<DwsParameterModificationRecordsRules, "clusterIds">,
  at: number,
): boolean {
  return decide(() => {
    const outcome = (row: Change) => {
      if (row.failedReason !== null && row.failedReason !== "") return "bad";
      if (row.status !== null && (rules.failedStatuses ?? []).some((name) => name === row.status))
        return "bad";
      if ((rules.successStatuses ?? ["In-Sync"]).some((name) => name === row.status)) return "good";
      return row.status === "Applying" || row.status === "Pending-Reboot" ? "busy" : "?";
    };
    const span = (row: Change): [from: number, to: number] => {
      const from = past(minuteOf(row.startTime, 0), at);
      const to = row.endTime === null ? from : minuteOf(row.endTime, 0);
      if (to < from) throw new Unknown();
      if (outcome(row) === "busy") return [from, Infinity];
      return [from, past(to, at)];
    };
    const judged = rows.filter(
      (row) =>
        rules.within === undefined ||
        span(row)[1] >= at - minutes(rules.within) ||
        row.endTime === null ||
        outcome(row) === "?",
    );
    if (rules.maxChanges !== undefined && judged.length > rules.maxChanges) return false;
    if (rules.allowedOperators !== undefined) {
      if (judged.some(({ operator }) => !rules.allowedOperators?.some((name) => name === operator)))
        return false;
    }
    if (rules.noPending && judged.some((row) => outcome(row) === "busy" || outcome(row) === "?"))
      return false;
    if (rules.maxFailed !== undefined) {
      if (judged.some((row) => outcome(row) === "?")) return false;
      if (judged.filter((row) => outcome(row) === "bad").length > rules.maxFailed) return false;
    }
    for (const freeze of rules.freezeWindows ?? []) {
      const start = minuteOf(freeze.start, offsetMinutes(freeze.timeZone ?? "+00:00"));
      const end = minuteOf(freeze.end, offsetMinutes(freeze.timeZone ?? "+00:00"));
      for (const row of judged) {
        const [from, to] = span(row);
        for (let minute = start; minute < end; minute++) {
          const lasts = to === Infinity ? minute <= at : to > minute;
          if (from === minute || (from < minute && lasts)) return false;
        }
        if (from < start && row.endTime === null && start <= at) return false;
      }
    }
    return true;
  });
}
