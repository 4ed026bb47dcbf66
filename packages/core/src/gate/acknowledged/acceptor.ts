import type { Acknowledgement } from "../policy/policy.types.ts";
import type { Accepting, Seen } from "../trail/seen.ts";
import { untilMs } from "../policy/acknowledged-period.ts";

/** What the acknowledgements about one subject accept, and what became of them. */
export interface Acceptor {
  /** For one rule of one rule set. Each acknowledgement accepts one thing. */
  forRule(ruleId: string): Accepting;
  /** Those that have accepted something. */
  readonly met: ReadonlySet<Acknowledgement>;
  /** Those that would have, had they not ended. */
  readonly late: ReadonlySet<Acknowledgement>;
}

/**
 * @param at - The service's time [ms since 1970-01-01 UTC]; where it is unknown, nothing is accepted.
 * @param refuse - Told of each thing that nothing accepts.
 */
export function createAcceptor(
  acknowledged: readonly Acknowledgement[],
  subject: string,
  at: number | undefined = NaN,
  refuse?: (ruleId: string, seen: Seen) => void,
): Acceptor {
  const own = acknowledged.filter((each) => each.subject === subject);
  const met = new Set<Acknowledgement>();
  const late = new Set<Acknowledgement>();
  return {
    met,
    late,
    forRule(ruleId) {
      const left = new Set(own.filter((each) => each.rule === ruleId));
      const lateHere = new Set<Acknowledgement>();
      const accepts = (seen: Seen) => {
        for (const each of left) {
          if (!names(each, seen) || !(at >= Date.parse(each.since))) continue;
          left.delete(each);
          if (at < untilMs(each)) {
            met.add(each);
            return true;
          }
          late.add(each);
          lateHere.add(each);
        }
        refuse?.(ruleId, seen);
        return false;
      };
      return { accepts, late: lateHere };
    },
  };
}

function names({ record }: Acknowledgement, seen: Seen): boolean {
  const given = Object.entries(record).filter(([, value]) => value !== undefined);
  const fields = new Map<string, string | null | undefined>(Object.entries(seen));
  return given.length === fields.size && given.every(([name, value]) => fields.get(name) === value);
}
