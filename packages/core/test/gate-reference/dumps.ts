import type { DwsAuditDumpRecordsRecord as Dump, DwsAuditDumpRecordsRules } from "@auditgate/core";
import { gapStart, type Ledger, NOTHING_ACKNOWLEDGED } from "./ledger.ts";
import { decide, gapsOf, minuteOf, minutes, offsetMinutes, past, tryMinute, Unknown } from "./ruler.ts";

/** Whether dumps are in order at the minute `at`. */
export function dumpsPass(
  rows: readonly Dump[],
  rules: Omit<DwsAuditDumpRecordsRules, "clusterIds">,
  at: number,
  ledger: Ledger = NOTHING_ACKNOWLEDGED,
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
    /** Whether something is against a rule that nobody has acknowledged. */
    const isAgainst = (rule: string, against: readonly Dump[], most = 0) => {
      const isNamed = ledger(rule);
      return against.filter(({ executorTime }) => !isNamed({ executorTime })).length > most;
    };
    if (rules.bucketName !== undefined) {
      const others = judged.filter(({ bucketName }) => bucketName !== rules.bucketName);
      if (isAgainst("dws.dump.bucket-name", others)) return false;
    }
    if (rules.locationPrefix !== undefined) {
      const others = judged.filter(({ locationPrefix }) => locationPrefix !== rules.locationPrefix);
      if (isAgainst("dws.dump.location-prefix", others)) return false;
    }
    const unknown = judged.filter((row) => outcome(row) === "?");
    if (rules.maxFailures !== undefined) {
      const isNamed = ledger("dws.dump.max-failures");
      if (!unknown.every(({ executorTime }) => isNamed({ executorTime }))) return false;
      const bad = judged.filter((row) => outcome(row) === "bad");
      if (bad.length > rules.maxFailures) {
        if (bad.filter(({ executorTime }) => !isNamed({ executorTime })).length > rules.maxFailures)
          return false;
      }
    }
    if (rules.maxRunning !== undefined) {
      const longest = minutes(rules.maxRunning);
      const late = judged.filter((row) => outcome(row) === "busy" && at - ran(row) > longest);
      if (isAgainst("dws.dump.max-running", [...unknown, ...late])) return false;
    }
    if (rules.maxAge !== undefined) {
      const good = judged.filter((row) => known(row) === "good");
      const newest = good.find((row) => ran(row) === Math.max(...good.map(ran)));
      if (!newest) return false;
      if (at - ran(newest) > minutes(rules.maxAge) && isAgainst("dws.dump.max-age", [newest])) return false;
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
      const isNamed = ledger("dws.dump.max-gap");
      const gaps = gapsOf([...strict, ...lenient], since, at, minutes(rules.maxGap));
      if (!gaps.every((began) => isNamed({ gapStart: gapStart(began) }))) return false;
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
