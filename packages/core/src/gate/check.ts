import type { DdsAuditLogsRecord } from "../queries/dds-audit-logs.types.ts";
import type { DwsAuditDumpRecordsRecord } from "../queries/dws-audit-dump-records.types.ts";
import type { DwsParameterModificationRecordsRecord } from "../queries/dws-parameter-modification-records.types.ts";
import type { DatedReading } from "../reading/read.ts";
import { type Finding, unknown, unread } from "./trail/finding.ts";
import type {
  DdsAuditLogsRules,
  DwsAuditDumpRecordsRules,
  DwsParameterModificationRecordsRules,
} from "./policy/policy.types.ts";
import { judgeLogs } from "./rules/dds-audit-logs.ts";
import { judgeDumps } from "./rules/dws-audit-dump-records.ts";
import { judgeChanges } from "./rules/dws-parameter-modification-records.ts";
import type { Trail } from "./trail/trail.ts";
import { validateRules } from "./policy/validate-policy.ts";
import { harmless } from "./trail/wording.ts";

/** What rules need of a reading. */
export type CheckedReading<Row> = Pick<
  DatedReading<Row, unknown>,
  "records" | "complete" | "incompleteReason" | "servedAt"
>;

/** Rules without the subjects that they are about. */
type Unbound<Rules> = Omit<Rules, "clusterIds" | "instanceIds">;

/**
 * What a reading of dumps breaks of the rules; nothing where it is in order. Pure: ages are measured from the
 * reading's own `servedAt`, and what is incomplete, or does not say what a rule reads, is a finding.
 *
 * @throws {AuditError} `ERR_ARGUMENT` for rules that are malformed.
 */
export function checkDwsAuditDumpRecords(
  reading: CheckedReading<DwsAuditDumpRecordsRecord>,
  rules: Unbound<DwsAuditDumpRecordsRules>,
): readonly Finding[] {
  return dumpFindings(reading, validateRules.dwsAuditDumpRecords(rules));
}

/**
 * What a reading of parameter modifications breaks of the rules; nothing where it is in order. Pure, as
 * {@link checkDwsAuditDumpRecords}.
 *
 * @throws {AuditError} `ERR_ARGUMENT` for rules that are malformed.
 */
export function checkDwsParameterModificationRecords(
  reading: CheckedReading<DwsParameterModificationRecordsRecord>,
  rules: Unbound<DwsParameterModificationRecordsRules>,
): readonly Finding[] {
  return changeFindings(reading, validateRules.dwsParameterModificationRecords(rules));
}

/**
 * What a reading of audit logs breaks of the rules; nothing where it is in order. Pure, as
 * {@link checkDwsAuditDumpRecords}. The reading's window must reach back at least `within`, and by `maxGap` more
 * where that is given, as it is not documented whether a log that began before a window belongs to it.
 *
 * @throws {AuditError} `ERR_ARGUMENT` for rules that are malformed.
 */
export function checkDdsAuditLogs(
  reading: CheckedReading<DdsAuditLogsRecord>,
  rules: Unbound<DdsAuditLogsRules>,
): readonly Finding[] {
  return logFindings(reading, validateRules.ddsAuditLogs(rules));
}

/** As {@link checkDwsAuditDumpRecords}, for rules that were validated. */
export function dumpFindings(
  reading: CheckedReading<DwsAuditDumpRecordsRecord>,
  rules: Unbound<DwsAuditDumpRecordsRules>,
): readonly Finding[] {
  const timed = [rules.within, rules.maxAge, rules.maxGap, rules.maxRunning].some(isGiven);
  return findingsOf(reading, timed, (trail) => judgeDumps(trail, rules));
}

/** As {@link checkDwsParameterModificationRecords}, for rules that were validated. */
export function changeFindings(
  reading: CheckedReading<DwsParameterModificationRecordsRecord>,
  rules: Unbound<DwsParameterModificationRecordsRules>,
): readonly Finding[] {
  const timed = [rules.within, rules.freezeWindows].some(isGiven);
  return findingsOf(reading, timed, (trail) => judgeChanges(trail, rules));
}

/** As {@link checkDdsAuditLogs}, for rules that were validated. */
export function logFindings(
  reading: CheckedReading<DdsAuditLogsRecord>,
  rules: Unbound<DdsAuditLogsRules>,
): readonly Finding[] {
  return findingsOf(reading, true, (trail) => judgeLogs(trail, rules));
}

function isGiven(value: unknown): boolean {
  return value !== undefined;
}

/** @param timed - Whether the rules need to know what time it is. */
function findingsOf<Row>(
  { records, complete, incompleteReason = "no reason is given", servedAt }: CheckedReading<Row>,
  timed: boolean,
  judge: (trail: Trail<Row>) => readonly Finding[],
): readonly Finding[] {
  if (!complete) {
    const found = `a reading that cannot be proved complete (${harmless(incompleteReason)})`;
    return [unread("complete", "ERR_INCOMPLETE", "every record to be read", found)];
  }
  if (timed && !Number.isFinite(servedAt)) {
    return [
      unknown("readable", "the service's time, to measure ages by", "an answer without a valid Date header"),
    ];
  }
  return judge({ records, at: servedAt ?? NaN });
}
