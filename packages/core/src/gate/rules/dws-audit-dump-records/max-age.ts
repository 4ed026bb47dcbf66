import { duration } from "../../../instant.ts";
import { durationMs } from "../../time/moment.ts";
import { ranIn } from "../../trail/dump.ts";
import { type DumpScene, noSuccess, unknownResults } from "../../trail/dump-scene.ts";
import { violated } from "../../trail/finding.ts";
import { timesOf } from "../../trail/trail.ts";
import { instantText } from "../../trail/wording.ts";
import type { Rule } from "../rule.ts";

/** The last successful dump is not too old. */
export const maxAge: Rule<string, DumpScene> = {
  id: "dws.dump.max-age",
  name: "maxAge",
  order: 1,
  field: duration
    .optional()
    .describe("Longest time since the last successful dump ran, such as `24h`; no such dump is a violation."),
  demands: "the newest successful dump ran at most so long ago; without one, it is violated",
  timed: true,
  next: "See whether audit-log dumps are on for the cluster, and run one; if all is well, allow for a longer time.",
  acknowledgedBy: ["executorTime"],
  controls: [
    { id: "NIST SP 800-53 AU-4(1)", why: "audit logs are transferred to another system as often as it says" },
  ],
  judge(longest, scene, accepts) {
    const { zone, trail } = scene;
    const { timed, faults } = timesOf("dump", scene.inState("succeeded"), (row) => ranIn(row, zone));
    const doubts = [...unknownResults(scene), ...faults];
    if (doubts.length > 0) return doubts;
    const expected = `a successful dump that ran at most ${longest} ago`;
    const newest = timed.toSorted((a, b) => b.from - a.from)[0];
    if (!newest) return [violated(expected, noSuccess(scene), trail.records)];
    if (trail.at - newest.from <= durationMs(longest)) return [];
    if (accepts({ executorTime: newest.row.executorTime })) return [];
    const found = `that the last one ran at ${instantText(newest.from)}`;
    return [violated(expected, found, [newest.row])];
  },
};
