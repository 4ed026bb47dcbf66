import type { Acknowledgement } from "@auditgate/core";

/** What each rule is acknowledged by, as the documentation's table has it. */
export const ACKNOWLEDGED_BY: Readonly<Record<string, readonly string[]>> = {
  "dds.log.max-gap": ["nodeId", "gapStart"],
  "dds.log.max-age": ["endTime"],
  "dds.log.max-total-bytes": ["id"],
  "dws.dump.max-age": ["executorTime"],
  "dws.dump.max-failures": ["executorTime"],
  "dws.dump.max-gap": ["gapStart"],
  "dws.dump.max-running": ["executorTime"],
  "dws.dump.bucket-name": ["executorTime"],
  "dws.dump.location-prefix": ["executorTime"],
  "dws.modification.no-pending": ["id"],
  "dws.modification.max-failed": ["id"],
  "dws.modification.max-changes": ["id"],
  "dws.modification.allowed-operators": ["id"],
  "dws.modification.freeze-windows": ["id"],
};

type Thing = Readonly<Record<string, string | null>>;

/** Strikes out, for one rule of one rule set, what an acknowledgement names; each is good for one thing. */
export type Ledger = (rule: string) => (thing: Thing) => boolean;

export const NOTHING_ACKNOWLEDGED: Ledger = () => () => false;

/** The acknowledgements of one subject that are in force at the minute `at`. */
export function ledgerOf(all: readonly Acknowledgement[], subject: string, at: number): Ledger {
  const today = new Date(at * 60_000).toISOString().slice(0, 10);
  return (rule) => {
    const left = all
      .filter((each) => each.rule === rule && each.subject === subject)
      .filter(({ since, until }) => since <= today && today <= until)
      .map(({ record }) => wordsOf(record));
    return (thing) => {
      const index = left.indexOf(wordsOf(thing));
      if (index === -1) return false;
      left.splice(index, 1);
      return true;
    };
  };
}

/** Gaps are named by the instant at which they begin. */
export function gapStart(minute: number): string {
  return `${new Date(minute * 60_000).toISOString().slice(0, 19)}Z`;
}

function wordsOf(thing: object): string {
  return JSON.stringify(Object.entries(thing).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
