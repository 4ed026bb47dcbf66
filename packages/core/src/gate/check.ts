import type { DdsAuditLogsRecord } from "../queries/dds-audit-logs.types.ts";
import type { DwsAuditDumpRecordsRecord } from "../queries/dws-audit-dump-records.types.ts";
import type { DwsParameterModificationRecordsRecord } from "../queries/dws-parameter-modification-records.types.ts";
import { AuditError } from "../errors.ts";
import type { DatedReading } from "../reading/read.ts";
import type { Acceptor } from "./acknowledged/acceptor.ts";
import { judgeChanges, judgeDumps, judgeLogs, type Unbound } from "./judge.ts";
import type {
  DdsAuditLogsRules,
  DwsAuditDumpRecordsRules,
  DwsParameterModificationRecordsRules,
} from "./policy/policy.types.ts";
import { validateRules } from "./policy/validate-policy.ts";
import { catalogues } from "./rules/catalogues.ts";
import { type Catalogue, unjudged, needsTime } from "./rules/rule.ts";
import { clockFault } from "./trail/clock-fault.ts";
import { type Finding, unknown, unread } from "./trail/finding.ts";
import { instantFault } from "./trail/instant-fault.ts";
import type { Trail } from "./trail/trail.ts";
import { harmless } from "../texts/harmless.ts";

/** What rules need of a reading. */
export type CheckedReading<Row> = Pick<
  DatedReading<Row, unknown>,
  "records" | "complete" | "incompleteReason" | "servedAt"
> &
  Partial<Pick<DatedReading<Row, unknown>, "dates">> & {
    /** Time to measure windows and ages at in place of the service's, at most a day before it [ms since 1970-01-01 UTC]. */
    readonly at?: number | undefined;
  };

/**
 * What a reading of dumps breaks of the rules; nothing where it is in order. Pure: ages are measured from the
 * reading's own `servedAt`, and what is incomplete, or does not say what a rule reads, is a finding.
 *
 * @throws {AuditError} `ERR_ARGUMENT` for rules that are malformed, and for a reading with `summaryOnly`.
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
 * @throws {AuditError} `ERR_ARGUMENT` for rules that are malformed, and for a reading with `summaryOnly`.
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
 * @throws {AuditError} `ERR_ARGUMENT` for rules that are malformed, and for a reading with `summaryOnly`.
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
  acceptor?: Acceptor,
): readonly Finding[] {
  return findingsOf(catalogues.dwsAuditDumpRecords, reading, rules, (trail) =>
    judgeDumps(trail, rules, acceptor),
  );
}

/** As {@link checkDwsParameterModificationRecords}, for rules that were validated. */
export function changeFindings(
  reading: CheckedReading<DwsParameterModificationRecordsRecord>,
  rules: Unbound<DwsParameterModificationRecordsRules>,
  acceptor?: Acceptor,
): readonly Finding[] {
  return findingsOf(catalogues.dwsParameterModificationRecords, reading, rules, (trail) =>
    judgeChanges(trail, rules, acceptor),
  );
}

/** As {@link checkDdsAuditLogs}, for rules that were validated. */
export function logFindings(
  reading: CheckedReading<DdsAuditLogsRecord>,
  rules: Unbound<DdsAuditLogsRules>,
  acceptor?: Acceptor,
): readonly Finding[] {
  return findingsOf(catalogues.ddsAuditLogs, reading, rules, (trail) => judgeLogs(trail, rules, acceptor));
}

function findingsOf<Row, Rules extends { readonly within?: string | undefined }>(
  catalogue: Catalogue<never>,
  { records, complete, incompleteReason = "no reason is given", servedAt, dates, at }: CheckedReading<Row>,
  rules: Rules,
  judge: (trail: Trail<Row>) => readonly Finding[],
): readonly Finding[] {
  if (!Array.isArray(records)) {
    const message = "The reading has no records, which rules judge: read it without summaryOnly.";
    throw new AuditError("ERR_ARGUMENT", message, { argument: "records" });
  }
  if (!complete) {
    const found = `a reading that cannot be proved complete (${harmless(incompleteReason)})`;
    const fault = unread("incomplete", "ERR_INCOMPLETE", "every record to be read", found);
    return [unjudged(catalogue, "complete", fault)];
  }
  if (dates?.problem) return [unjudged(catalogue, "clock", clockFault(dates.problem))];
  if ((rules.within !== undefined || needsTime(catalogue, rules)) && !Number.isFinite(servedAt)) {
    const found = "an answer without a valid Date header";
    return [unjudged(catalogue, "readable", unknown("the service's time, to measure ages by", found))];
  }
  if (at === undefined) return judge({ records, at: servedAt ?? NaN });
  const fault = instantFault(at, servedAt);
  return fault ? [unjudged(catalogue, "clock", fault)] : judge({ records, at, now: servedAt });
}
