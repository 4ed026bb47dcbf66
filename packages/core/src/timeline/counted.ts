import type { Refused } from "../gate/examine.ts";
import type { Acknowledgement } from "../gate/policy/policy.types.ts";
import type { Seen } from "../gate/trail/seen.ts";

/** What rules have counted, or would have but for an acknowledgement, by what it is. */
export interface Counted {
  /** Of the rules that are about such a thing itself, by the ends of their ids. */
  of(seen: Seen, ...rules: readonly string[]): readonly Refused[];
  /** Everything that one rule has seen. */
  by(rule: string): readonly Refused[];
}

/** @param family - What the ids of the rules begin with: `dws.dump`. */
export function countedBy(
  family: string,
  refused: readonly Refused[],
  acknowledged: readonly Acknowledgement[],
): Counted {
  const known = acknowledged.map(({ rule, record }): Refused => ({ ruleId: rule, seen: record }));
  const all = new Map<string, Refused>();
  const bySeen = new Map<string, Refused[]>();
  for (const each of [...refused, ...known]) {
    const key = keyOf(each.seen);
    if (all.has(`${each.ruleId} ${key}`)) continue;
    all.set(`${each.ruleId} ${key}`, each);
    bySeen.set(key, [...(bySeen.get(key) ?? []), each]);
  }
  return {
    of: (seen, ...rules) =>
      (bySeen.get(keyOf(seen)) ?? []).filter(({ ruleId }) =>
        rules.some((rule) => ruleId === `${family}.${rule}`),
      ),
    by: (rule) => [...all.values()].filter(({ ruleId }) => ruleId === `${family}.${rule}`),
  };
}

function keyOf(seen: Seen): string {
  const fields = Object.entries(seen).filter(([, value]) => value !== undefined);
  return JSON.stringify(fields.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
