import type { DwsAuditDumpRecordsRecord as Dump, DwsAuditDumpRecordsRules } from "@auditgate/core";
import { decide, hasGap, minuteOf, minutes, offsetMinutes, past, tryMinute, Unknown } from "./ruler.ts";

/** Whether dumps are in order at the minute `at`. */
export function dumpsPass(
  rows: readonly Dump[],
  rules: Omit<DwsAuditDumpRecordsRules, "clusterIds">,
  at: number,
): boolean {
  return decide(() => {
    const zone = offsetMinutes(rules.timeZone ?? "+00:00");
    const outcome = (row: Dump) => {
      if (row.failedReason !== null && row.failedReason !== "") return "bad";
      if (row.result !== null && (rules.failedResults ?? []).some((name) => name === row.result))
        return "bad";
      if ((rules.successResults ?? ["SUCCESS"]).some((name) => name === row.result)) return "good";
      if (row.result === "RUNNING") return "busy";
      return "?";
    };
    const ran = (row: Dump) => past(minuteOf(row.executorTime, zone), at);
    const judged = rows.filter(
      (row) =>
        rules.within === undefined ||
        ran(row) >= at - minutes(rules.within) ||
        outcome(row) === "busy" ||
        outcome(row) === "?",
    );
    const known = (row: Dump) => {
      const state = outcome(row);
      if (state === "?") throw new Unknown();
      return state;
    };
    if (rules.bucketName !== undefined && judged.some((row) => row.bucketName !== rules.bucketName))
      return false;
    if (
      rules.locationPrefix !== undefined &&
      judged.some((row) => row.locationPrefix !== rules.locationPrefix)
    )
      return false;
    if (rules.maxFailures !== undefined) {
      if (judged.filter((row) => known(row) === "bad").length > rules.maxFailures) return false;
    }
    if (rules.maxRunning !== undefined) {
      for (const row of judged) {
        if (known(row) === "busy" && at - ran(row) > minutes(rules.maxRunning)) return false;
      }
    }
    if (rules.maxAge !== undefined) {
      const ages = judged.filter((row) => known(row) === "good").map((row) => at - ran(row));
      if (!ages.some((age) => age <= minutes(rules.maxAge ?? ""))) return false;
    }
    if (rules.maxGap !== undefined) {
      const good = rows.filter((row) => (judged.includes(row) ? known(row) : outcome(row)) === "good");
      const strict = good.filter((row) => judged.includes(row)).map((row) => interval(row, zone, at));
      const lenient = good
        .filter((row) => !judged.includes(row))
        .flatMap((row) => tryInterval(row, zone, at));
      if (strict.length + lenient.length === 0) return false;
      const first = rows
        .map((row) => tryMinute(row.beginTime, zone) ?? tryMinute(row.executorTime, zone))
        .filter((minute) => minute !== undefined)
        .reduce((a, b) => (a < b ? a : b));
      const since = rules.within === undefined ? first : Math.max(first, at - minutes(rules.within));
      if (hasGap([...strict, ...lenient], since, at, minutes(rules.maxGap))) return false;
    }
    return true;
  });
}

function interval(row: Dump, zone: number, at: number): [number, number] {
  const from = past(minuteOf(row.beginTime, zone), at);
  const to = past(minuteOf(row.endTime, zone), at);
  if (to < from) throw new Unknown();
  return [from, to];
}

function tryInterval(row: Dump, zone: number, at: number): [number, number][] {
  try {
    return [interval(row, zone, at)];
  } catch {
    return [];
  }
}
