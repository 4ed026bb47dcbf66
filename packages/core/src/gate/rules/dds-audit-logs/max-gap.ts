import { groupBy } from "../../../queries/summary.ts";
import { durationMs } from "../../time/moment.ts";
import { gapsBetween } from "../../trail/coverage.ts";
import { violated } from "../../trail/finding.ts";
import { loggedIn, type LogScene, nameless } from "../../trail/log-scene.ts";
import { timesOf } from "../../trail/trail.ts";
import { counted, instantText, lengthOf, quoted } from "../../trail/wording.ts";
import { windowLength } from "../policy-values.ts";
import type { Rule } from "../rule.ts";

/** The logs of each node have no gaps that are too long. */
export const maxGap: Rule<string, LogScene> = {
  id: "dds.log.max-gap",
  name: "maxGap",
  order: 2,
  field: windowLength
    .optional()
    .describe(
      "Longest time of the window in which a node, each for itself, has no log; since its newest log it may be longer by the length of that log, as the next one is not due before.",
    ),
  demands:
    "for each node, or each of `nodeIds`: no time of the window longer than this without a log; since the newest it may be longer by that log's length. Without any log it is violated",
  timed: true,
  next: "See whether auditing is on for every node; if the instance is younger than `within`, shorten that.",
  controls: [
    { id: "NIST SP 800-53 AU-12", why: "audit records are generated all the time, not from time to time" },
  ],
  judge(longest, scene) {
    const { terms, trail } = scene;
    const expected = `no time longer than ${longest} in the last ${terms.within} without a log of a node`;
    const doubts = nameless(scene);
    if (doubts.length > 0) return doubts;
    if (trail.records.length === 0 && terms.nodeIds === undefined) {
      return [violated(expected, "no log at all")];
    }
    const allowedMs = durationMs(longest);
    const from = trail.at - durationMs(terms.within);
    const wanted = groupBy(trail.records, ({ nodeId }) => nodeId).filter(
      ([nodeId]) => nodeId !== null && terms.nodeIds?.includes(nodeId) !== false,
    );
    return wanted.flatMap(([nodeId, rows]) => {
      const { timed } = timesOf("log", { ...trail, records: rows }, loggedIn);
      const gaps = gapsBetween(timed, from, trail.at, allowedMs);
      const [worst] = gaps;
      if (!worst) return [];
      const found = `${counted(gaps.length, "gap")} of node ${quoted(nodeId)}, the longest of ${lengthOf(worst.to - worst.from)} from ${instantText(worst.from)} to ${instantText(worst.to)}`;
      return [violated(expected, found, worst.beside)];
    });
  },
};
