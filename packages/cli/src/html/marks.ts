import type { Span, TargetVerdict } from "@auditgate/core";
import type { JudgedTrail } from "../judged-trails.ts";

/** What a stretch is to the verdict. */
export type Mark = "violation" | "acknowledged" | undefined;

/** Whose time line it is. */
export interface Marked {
  readonly target: TargetVerdict;
  readonly subject: string;
  readonly trail: JudgedTrail;
}

/** Whether the verdict holds a stretch against the policy, or the policy acknowledges it. */
export function markOf({ counted }: Span, of: Marked): Mark {
  const marks = counted.map((each) => markOfOne(each, of));
  return marks.includes("violation") ? "violation" : marks.find((mark) => mark !== undefined);
}

/** IDs of the rules that make a stretch what it is marked as. */
export function rulesOf({ counted }: Span, mark: Mark, of: Marked): readonly string[] {
  return [...new Set(counted.filter((each) => markOfOne(each, of) === mark).map(({ ruleId }) => ruleId))];
}

function markOfOne({ ruleId, seen }: Span["counted"][number], { target, subject, trail }: Marked): Mark {
  const key = keyOf(seen);
  const isAccepted = trail.acknowledged.some(
    ({ rule, record, reason, since, until }) =>
      rule === ruleId &&
      keyOf(record) === key &&
      target.acknowledged.some(
        (met) =>
          met.ruleId === ruleId &&
          met.subject === subject &&
          met.reason === reason &&
          met.since === since &&
          met.until === until,
      ),
  );
  if (isAccepted) return "acknowledged";
  const isBroken = target.violations.some((each) => each.ruleId === ruleId && each.subject === subject);
  return isBroken ? "violation" : undefined;
}

function keyOf(seen: object): string {
  const fields = Object.entries(seen).filter(([, value]) => value !== undefined);
  return JSON.stringify(fields.toSorted(([one], [other]) => (one < other ? -1 : 1)));
}
