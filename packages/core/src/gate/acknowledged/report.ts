import type { Acknowledgement } from "../policy/policy.types.ts";
import { harmless } from "../../texts/harmless.ts";
import { quoted } from "../trail/wording.ts";
import type { GateAcknowledged } from "../verdict.types.ts";
import { endsSoon } from "../policy/acknowledged-period.ts";

/** What has become of acknowledgements, of whatever subject. */
interface Fates {
  /** Those that have accepted something. */
  readonly met: ReadonlySet<Acknowledgement>;
  /** Those that would have, had they not ended. */
  readonly late: ReadonlySet<Acknowledgement>;
  /** The service's latest time [ms since 1970-01-01 UTC]; -Infinity where it never said. */
  readonly at: number;
}

/** An acknowledgement that has kept something from counting, as verdicts list it. */
export function acceptedBy(each: Acknowledgement, query: string): GateAcknowledged {
  const { rule, subject, reason, since, until } = each;
  return { ruleId: rule, query, subject, record: recordText(each), reason: harmless(reason), since, until };
}

/** What to look at about acknowledgements: those that meet nothing, and those that end soon. */
export function warningsOf(
  acknowledged: readonly Acknowledgement[],
  { met, late, at }: Fates,
): readonly string[] {
  return acknowledged.flatMap((each) => {
    const what = `The acknowledgement of ${harmless(each.rule)} of ${harmless(each.subject)} (${recordText(each)})`;
    if (met.has(each)) {
      if (!endsSoon(each, at)) return [];
      return [`${what} ends with ${each.until}: from then on it counts again.`];
    }
    if (late.has(each)) return [`${what} has ended with ${each.until}: it counts again.`];
    // Where nobody said what time it is, nobody knows that it has not begun.
    if (Number.isFinite(at) && at < Date.parse(each.since))
      return [`${what} begins with ${each.since}: it accepts nothing before.`];
    return [`${what} meets nothing: remove it, or see whether it names what was seen.`];
  });
}

function recordText({ record }: Acknowledgement): string {
  return Object.entries(record)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}=${quoted(value)}`)
    .join(" ");
}
