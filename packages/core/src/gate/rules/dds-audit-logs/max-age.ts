import { duration } from "../../../instant.ts";
import { durationMs } from "../../time/moment.ts";
import { violated } from "../../trail/finding.ts";
import { loggedIn, type LogScene } from "../../trail/log-scene.ts";
import { timesOf } from "../../trail/trail.ts";
import { instantText } from "../../trail/wording.ts";
import type { Rule } from "../rule.ts";

/** The newest log is not too old. */
export const maxAge: Rule<string, LogScene> = {
  id: "dds.log.max-age",
  name: "maxAge",
  order: 3,
  field: duration.optional().describe("Longest time since the end of the newest log."),
  demands: "the newest log ended at most so long ago",
  timed: true,
  next: "See whether auditing is on for every node; if the instance is younger than `within`, shorten that.",
  acknowledgedBy: ["endTime"],
  controls: [{ id: "NIST SP 800-53 AU-12", why: "audit records are still being generated" }],
  judge(longest, { terms, trail }, accepts) {
    const expected = `a log that ended at most ${longest} ago`;
    const { timed } = timesOf("log", trail, loggedIn);
    const newest = timed.toSorted((a, b) => b.to - a.to)[0];
    if (!newest) return [violated(expected, `no log in the last ${terms.within}`)];
    if (trail.at - newest.to <= durationMs(longest)) return [];
    if (accepts({ endTime: newest.row.endTime })) return [];
    const found = `that the newest one ended at ${instantText(newest.to)}`;
    return [violated(expected, found, [newest.row])];
  },
};
