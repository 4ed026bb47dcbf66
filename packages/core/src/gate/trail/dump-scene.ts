import type { DwsAuditDumpRecordsRecord } from "../../queries/dws-audit-dump-records.types.ts";
import type { Accepts } from "./seen.ts";
import { zoneOf } from "../time/moment.ts";
import type { Zone } from "../time/zone.ts";
import { type DumpResults, type DumpState, dumpState, ranIn, successResults } from "./dump.ts";
import { type Fault, unknown } from "./finding.ts";
import { recent, type Trail } from "./trail.ts";
import { counted, listed, period } from "./wording.ts";

/** What rules about dumps have in common. */
export interface DumpTerms extends DumpResults {
  readonly within?: string | undefined;
  readonly timeZone?: string | undefined;
}

/** What rules about dumps judge: those of one cluster. */
export interface DumpScene {
  readonly terms: DumpTerms;
  readonly zone: Zone;
  /** Dumps to be judged. */
  readonly trail: Trail<DwsAuditDumpRecordsRecord>;
  /** Dumps that are older. */
  readonly older: readonly DwsAuditDumpRecordsRecord[];
  /** Those of the dumps to be judged. */
  inState(state: DumpState): Trail<DwsAuditDumpRecordsRecord>;
}

/** The dumps to be judged, and those of which nobody can tell whether they are. */
export function dumpScene(
  trail: Trail<DwsAuditDumpRecordsRecord>,
  terms: DumpTerms,
): { readonly scene: DumpScene; readonly faults: readonly Fault[] } {
  const zone = zoneOf(terms.timeZone);
  const ran = (row: DwsAuditDumpRecordsRecord) => ranIn(row, zone);
  const { inside, outside, faults } = recent("dump", trail, terms.within, ran, (row) => {
    const state = dumpState(row, terms);
    return state === "running" || state === "unknown";
  });
  const scene: DumpScene = {
    terms,
    zone,
    trail: { ...trail, records: inside },
    older: outside,
    inState: (state) => ({ ...trail, records: inside.filter((row) => dumpState(row, terms) === state) }),
  };
  return { scene, faults };
}

/**
 * Doubts of every rule that has to know what became of a dump.
 *
 * @param accepts - Where the rule is acknowledged by the dump itself.
 */
export function unknownResults(
  { terms, inState }: DumpScene,
  accepts: Accepts = () => false,
): readonly Fault[] {
  const records = inState("unknown").records.filter(({ executorTime }) => !accepts({ executorTime }));
  if (records.length === 0) return [];
  const { failedResults = [] } = terms;
  const failure = failedResults.length > 0 ? ` or failedResults (${listed(failedResults)})` : "";
  const expected = `only results of successResults (${listed(successResults(terms))})${failure}, or "RUNNING"`;
  const found = `${counted(records.length, "dump")} with ${listed(records.map(({ result }) => result))}`;
  return [unknown(expected, found, records)];
}

/** What there is where a rule needs a successful dump. */
export function noSuccess({ trail: { records }, terms }: DumpScene): string {
  return `no successful one among ${counted(records.length, "dump")}${period(terms.within)}`;
}
