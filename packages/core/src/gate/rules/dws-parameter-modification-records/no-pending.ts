import * as z from "zod";
import { type ChangeScene, NOUN, unknownStatuses } from "../../trail/change-scene.ts";
import { violated } from "../../trail/finding.ts";
import { counted, listed } from "../../trail/wording.ts";
import type { Rule } from "../rule.ts";

/** Every modification is in force. */
export const noPending: Rule<boolean, ChangeScene> = {
  id: "dws.modification.no-pending",
  name: "noPending",
  order: 1,
  field: z
    .boolean()
    .optional()
    .describe("True: no modification may be `Applying` or `Pending-Reboot`, whenever it began."),
  demands: "nothing is `Applying` or `Pending-Reboot`, whenever it began",
  timed: false,
  next: "Wait until it is applied, or restart the cluster if it waits for that.",
  acknowledgedBy: ["id"],
  controls: [
    { id: "NIST SP 800-53 CM-6", why: "settings that were chosen are in force before more is changed" },
  ],
  judge(wanted, scene, accepts) {
    if (!wanted) return [];
    const pending = scene.inState("pending").filter(({ id }) => !accepts({ id }));
    const doubts = unknownStatuses(scene, accepts);
    if (pending.length === 0) return doubts;
    const found = `${counted(pending.length, NOUN)} with ${listed(pending.map(({ status }) => status))}`;
    return [violated("no pending modification", found, pending), ...doubts];
  },
};
