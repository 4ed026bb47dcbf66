import { harmless } from "../../texts/harmless.ts";
import { ruleIdOf } from "../rules/rule-id.ts";
import { ended, type Fault, type Finding, SHOWN, unread, violated } from "../trail/finding.ts";
import type { Accepting } from "../trail/seen.ts";
import { counted } from "../trail/wording.ts";
import { checkRuleId, type ProgramCheck } from "./program-check.ts";

/** How much of a record is shown. */
const LONGEST = 400;

/**
 * What is wrong by a check. Records can be acknowledged, one by one; what says only no, or does not say, names nothing
 * that could be.
 */
export function checkFindings(check: ProgramCheck, { accepts, late }: Accepting): readonly Finding[] {
  const { rule, query, expected, outcome, reason, against } = check;
  const finding = (fault: Fault): Finding => ({ rule, ruleId: checkRuleId(check), ...fault });
  switch (outcome) {
    case "said-yes":
      return [];
    case "said-no":
      return [finding(violated(expected, "otherwise"))];
    case "said-neither":
      return [finding(violated(expected, "a check that says neither yes nor no"))];
    case "threw":
      return [finding(violated(expected, `a check that cannot judge (${reason})`))];
    case "unasked": {
      const found = `a reading that cannot be proved complete (${reason})`;
      const fault = unread("incomplete", "ERR_INCOMPLETE", "every record to be read", found);
      return [{ rule: "complete", ruleId: ruleIdOf(query, "complete"), ...fault }];
    }
    case "said-which": {
      const left = against.filter(({ seen }) => !accepts(seen));
      if (left.length === 0) return [];
      const fault = violated(expected, `${counted(left.length, "record")} against it`);
      const records = left.slice(0, SHOWN).map(({ text }) => harmless(text).slice(0, LONGEST));
      return [finding({ ...ended(fault, [...late]), records })];
    }
  }
}
