import { type ChangeScene, unknownStatuses } from "../../trail/change-scene.ts";
import { violated } from "../../trail/finding.ts";
import { counted, period } from "../../trail/wording.ts";
import { number } from "../policy-values.ts";
import type { Rule } from "../rule.ts";

/** Not too many modifications have failed. */
export const maxFailed: Rule<number, ChangeScene> = {
  id: "dws.modification.max-failed",
  name: "maxFailed",
  order: 2,
  field: number
    .optional()
    .describe(
      "Most modifications that may have failed: those with a failure reason or a status in `failedStatuses`.",
    ),
  demands: "at most so many failed modifications",
  timed: false,
  next: "Look into the failure reasons, and make those modifications again or undo them.",
  acknowledgedBy: ["id"],
  controls: [{ id: "NIST SP 800-53 CM-6", why: "settings that were chosen have been implemented" }],
  judge(most, scene, accepts) {
    const all = scene.inState("failed");
    const doubts = unknownStatuses(scene, accepts);
    if (all.length <= most) return doubts;
    const failed = all.filter(({ id }) => !accepts({ id }));
    if (failed.length <= most) return doubts;
    const expected = `at most ${counted(most, "failed modification")}${period(scene.terms.within)}`;
    return [violated(expected, counted(failed.length, "failed modification"), failed), ...doubts];
  },
};
