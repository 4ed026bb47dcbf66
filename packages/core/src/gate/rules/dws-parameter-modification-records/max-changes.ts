import { type ChangeScene, NOUN } from "../../trail/change-scene.ts";
import { violated } from "../../trail/finding.ts";
import { counted, period } from "../../trail/wording.ts";
import { number } from "../policy-values.ts";
import type { Rule } from "../rule.ts";

/** Not too much was modified. */
export const maxChanges: Rule<number, ChangeScene> = {
  id: "dws.modification.max-changes",
  name: "maxChanges",
  order: 3,
  field: number.optional().describe("Most modifications that there may be."),
  demands: "at most so many modifications, whatever became of them",
  timed: false,
  next: "Have the modifications reviewed; raise maxChanges if they are in order.",
  acknowledgedBy: ["id"],
  controls: [
    { id: "NIST SP 800-53 CM-3", why: "changes are monitored and reviewed" },
    { id: "ISO/IEC 27001:2022 A.8.32", why: "changes follow the organization's change management" },
  ],
  judge(most, { terms, trail }, accepts) {
    if (trail.records.length <= most) return [];
    const records = trail.records.filter(({ id }) => !accepts({ id }));
    if (records.length <= most) return [];
    const expected = `at most ${counted(most, NOUN)}${period(terms.within)}`;
    return [violated(expected, counted(records.length, NOUN), records)];
  },
};
