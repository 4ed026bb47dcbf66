import type {
  DwsParameterModificationRecordsRecord as Change,
  DwsParameterModificationRecordsRules,
} from "@auditgate/core";
import { type Ledger, NOTHING_ACKNOWLEDGED } from "./ledger.ts";
import { decide, minuteOf, minutes, offsetMinutes, past, Unknown } from "./ruler.ts";

/** Whether parameter modifications are in order at the minute `at`. */
export function changesPass(
  rows: readonly Change[],
  rules: Omit<DwsParameterModificationRecordsRules, "clusterIds">,
  at: number,
  ledger: Ledger = NOTHING_ACKNOWLEDGED,
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
    /** What nobody has acknowledged of what is against a rule. */
    const left = (rule: string, against: readonly Change[]) => {
      const isNamed = ledger(`dws.modification.${rule}`);
      return against.filter(({ id }) => !isNamed({ id }));
    };
    if (rules.maxChanges !== undefined && left("max-changes", judged).length > rules.maxChanges) return false;
    if (rules.allowedOperators !== undefined) {
      const others = judged.filter(
        ({ operator }) => !rules.allowedOperators?.some((name) => name === operator),
      );
      if (left("allowed-operators", others).length > 0) return false;
    }
    const unknown = judged.filter((row) => outcome(row) === "?");
    if (rules.noPending) {
      const busy = judged.filter((row) => outcome(row) === "busy");
      if (left("no-pending", [...busy, ...unknown]).length > 0) return false;
    }
    if (rules.maxFailed !== undefined) {
      const isNamed = ledger("dws.modification.max-failed");
      if (!unknown.every(({ id }) => isNamed({ id }))) return false;
      const bad = judged.filter((row) => outcome(row) === "bad");
      if (bad.length > rules.maxFailed && bad.filter(({ id }) => !isNamed({ id })).length > rules.maxFailed)
        return false;
    }
    const frozen = judged.filter((row) =>
      (rules.freezeWindows ?? []).some((freeze) => {
        const start = minuteOf(freeze.start, offsetMinutes(freeze.timeZone ?? "+00:00"));
        const end = minuteOf(freeze.end, offsetMinutes(freeze.timeZone ?? "+00:00"));
        const [from, to] = span(row);
        for (let minute = start; minute < end; minute++) {
          const lasts = to === Infinity ? minute <= at : to > minute;
          if (from === minute || (from < minute && lasts)) return true;
        }
        return from < start && row.endTime === null && start <= at;
      }),
    );
    if (left("freeze-windows", frozen).length > 0) return false;
    return true;
  });
}
