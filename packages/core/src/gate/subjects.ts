import * as z from "zod";
import type { Client } from "../client.ts";
import type { AuditError } from "../errors.ts";
import { utcInstant } from "../instant.ts";
import { ddsAuditLogs } from "../queries/dds-audit-logs.ts";
import { dwsAuditDumpRecords } from "../queries/dws-audit-dump-records.ts";
import { dwsParameterModificationRecords } from "../queries/dws-parameter-modification-records.ts";
import type { Query } from "../queries/query.ts";
import { type DatedReading, readDated } from "../reading/read.ts";
import { remembering } from "../reading/told.ts";
import type { Acceptor } from "./acknowledged/acceptor.ts";
import { changeFindings, type CheckedReading, dumpFindings, logFindings } from "./check.ts";
import { catalogues } from "./rules/catalogues.ts";
import type { Catalogue } from "./rules/rule.ts";
import type { Finding } from "./trail/finding.ts";
import { durationMs } from "./time/moment.ts";
import type { DdsAuditLogsRules, GatePolicy } from "./policy/policy.types.ts";

/** A cluster or an instance, and how one query of it is asked and judged. */
export interface Subject {
  readonly query: string;
  readonly id: string;
  /** The rules that there are about the query. */
  readonly catalogue: Pick<Catalogue<never>, "family">;
  /** Those that the policy gives it; none for a list. */
  readonly rules: readonly object[];
  /** True where the question depends on what time it is. */
  readonly windowed: boolean;
  /** The question, asked at `now` [ms since 1970-01-01 UTC]. */
  argumentsAt(now: number): Arguments;
  /** @throws {AuditError} as `read`. */
  ask(client: Client, args: Arguments, asking: Asking): Promise<Answered>;
  /** What was read once, for all its rules; undefined where a record is none of the query's. */
  recall(reading: CheckedReading<unknown>): Pick<Answered, "judge"> | undefined;
}

/** Arguments of any query. */
export interface Arguments {
  readonly [name: string]: string;
}

/** How a question is asked. */
export interface Asking {
  readonly signal: AbortSignal;
  /** Total that it was answered with before; null where that had none, or there was no answer yet. */
  readonly told: number | null;
}

/** What was read about a subject, and what all its rules find. */
export interface Answered {
  readonly reading: DatedReading<object, unknown>;
  judge(acceptor: Acceptor): readonly Finding[];
}

/** A subject's answer, or why there is none. */
export interface Asked {
  readonly args: Arguments;
  readonly answered?: Answered;
  readonly error?: AuditError;
}

/**
 * Every query and subject of a policy, once, however many rules there are about it. One after the other, for there
 * may be thousands.
 *
 * @param at - Time to measure windows and ages at in place of the service's [ms since 1970-01-01 UTC].
 */
export function* subjectsOf(policy: GatePolicy, at?: number): Generator<Subject, void> {
  const { dwsAuditDumpRecords: dumps, dwsParameterModificationRecords: changes, ddsAuditLogs: logs } = policy;
  for (const [clusterId, rules] of bySubject(dumps, ({ clusterIds }) => clusterIds)) {
    yield subjectOf(dwsAuditDumpRecords, clusterId, {
      catalogue: catalogues.dwsAuditDumpRecords,
      rules,
      windowed: false,
      argumentsAt: () => ({ clusterId }),
      find: (reading, acceptor) => rules.flatMap((each) => dumpFindings({ at, ...reading }, each, acceptor)),
    });
  }
  for (const [clusterId, rules] of bySubject(changes, ({ clusterIds }) => clusterIds)) {
    yield subjectOf(dwsParameterModificationRecords, clusterId, {
      catalogue: catalogues.dwsParameterModificationRecords,
      rules,
      windowed: false,
      argumentsAt: () => ({ clusterId }),
      find: (reading, acceptor) =>
        rules.flatMap((each) => changeFindings({ at, ...reading }, each, acceptor)),
    });
  }
  for (const [instanceId, rules] of bySubject(logs, ({ instanceIds }) => instanceIds)) {
    const acknowledgedFrom = firstGapOf(policy, instanceId);
    yield subjectOf(ddsAuditLogs, instanceId, {
      catalogue: catalogues.ddsAuditLogs,
      rules,
      windowed: at === undefined,
      argumentsAt: (now) => ({
        instanceId,
        startTime: utcInstant(
          rules.reduce(
            (earliest, each) => Math.min(earliest, startOf(each, at ?? now, acknowledgedFrom)),
            Infinity,
          ),
        ),
        endTime: utcInstant(at ?? now),
      }),
      find: (reading, acceptor) => rules.flatMap((each) => logFindings({ at, ...reading }, each, acceptor)),
    });
  }
}

/** How one query of one subject is asked and judged. */
export function subjectOf<Args extends object, Row extends object, Summary>(
  query: Query<Args, Row, Summary>,
  id: string,
  {
    find,
    ...facts
  }: Pick<Subject, "catalogue" | "rules" | "windowed" | "argumentsAt"> & {
    find(reading: CheckedReading<Row>, acceptor: Acceptor): readonly Finding[];
  },
): Subject {
  return {
    query: query.name,
    id,
    ...facts,
    async ask(client, args, { signal, told }) {
      const reading = remembering(await readDated(client, query, query.args.parse(args), { signal }), told);
      return { reading, judge: (acceptor) => find(reading, acceptor) };
    },
    recall(reading) {
      const records = z.array(query.record).safeParse(reading.records);
      if (!records.success) return undefined;
      return { judge: (acceptor) => find({ ...reading, records: records.data }, acceptor) };
    },
  };
}

/** How far before a window nodes are looked for, where a rule does not name them: the longest window of one request. */
const NODES_MS = 30 * 86_400_000;

/**
 * Where a reading must begin [ms since 1970-01-01 UTC]. Whether a log that began before a window belongs to it is not
 * documented, so with `maxGap` the reading begins that much earlier: whatever covers the window's beginning, or ended
 * where an acknowledged gap begins, is then among the answers. So are the nodes that were silent for the whole window,
 * where nobody names them.
 */
function startOf(
  { within, maxGap, nodeIds }: DdsAuditLogsRules,
  at: number,
  acknowledgedFrom: number,
): number {
  const from = at - durationMs(within);
  if (maxGap === undefined) return from;
  const nodesFrom = nodeIds === undefined ? from - NODES_MS : from;
  return Math.min(nodesFrom, Math.min(from, acknowledgedFrom) - durationMs(maxGap));
}

/** Where the first gap begins that is acknowledged for an instance [ms since 1970-01-01 UTC]; Infinity where none is. */
function firstGapOf({ acknowledged = [] }: GatePolicy, instanceId: string): number {
  return acknowledged
    .filter(({ subject }) => subject === instanceId)
    .map(({ record }) => Date.parse(record.gapStart ?? ""))
    .filter(Number.isFinite)
    .reduce((first, begin) => Math.min(first, begin), Infinity);
}

function bySubject<Rules>(
  ruleSets: readonly Rules[] = [],
  idsOf: (rules: Rules) => readonly string[],
): ReadonlyMap<string, readonly Rules[]> {
  // Of rule sets that say the same, one is enough.
  const distinct = [...new Map(ruleSets.map((rules) => [JSON.stringify(rules), rules])).values()];
  const subjects = new Map<string, Rules[]>();
  for (const rules of distinct) {
    // Most subjects have the one set that says "*", and share a list of it.
    const alone = [rules];
    for (const id of idsOf(rules)) {
      const own = subjects.get(id);
      if (own === undefined) subjects.set(id, alone);
      else if (own.at(-1) === rules) continue;
      else if (own.length === 1) subjects.set(id, [...own, rules]);
      else own.push(rules);
    }
  }
  return subjects;
}
