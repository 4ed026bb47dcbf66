import { groupBy } from "../../../queries/summary.ts";
import { durationMs } from "../../time/moment.ts";
import { gapsBetween, gapsText } from "../../trail/coverage.ts";
import { violated } from "../../trail/finding.ts";
import { loggedIn, type LogScene, nameless } from "../../trail/log-scene.ts";
import { timesOf } from "../../trail/trail.ts";
import { instantText, quoted } from "../../trail/wording.ts";
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
      "Longest time of the window in which a node, each for itself, has no log; since its newest log it may be longer by the length of that log, at most by this time again, as the next one is not due before. Judged are the nodes of `nodeIds`; without it, those with a log in the window or in the 30 days before it.",
    ),
  demands:
    "for each of `nodeIds`, or without it for each node with a log in the window or in the 30 days before: no time of the window longer than this without a log; since the newest it may be longer by that log's length, at most by `maxGap` again. Without any log it is violated",
  timed: true,
  next: "See whether auditing is on for every node; if the instance is younger than `within`, shorten that; if the node is gone, name the others in nodeIds.",
  acknowledgedBy: ["nodeId", "gapStart"],
  controls: [
    { id: "NIST SP 800-53 AU-12", why: "audit records are generated all the time, not from time to time" },
  ],
  judge(longest, scene, accepts) {
    const { terms, trail, earlier } = scene;
    const expected = `no time longer than ${longest} in the last ${terms.within} without a log of a node`;
    const known = [...earlier, ...trail.records];
    // Without names of nodes, every log there is may be the only one of its node.
    const doubts = nameless(terms.nodeIds === undefined ? known : trail.records);
    if (doubts.length > 0) return doubts;
    if (trail.records.length === 0 && terms.nodeIds === undefined) {
      return [violated(expected, "no log at all")];
    }
    const allowedMs = durationMs(longest);
    const from = trail.at - durationMs(terms.within);
    const wanted = groupBy(known, ({ nodeId }) => nodeId).filter(
      ([nodeId]) => nodeId !== null && terms.nodeIds?.includes(nodeId) !== false,
    );
    return wanted.flatMap(([nodeId, rows]) => {
      const { timed } = timesOf("log", { ...trail, records: rows }, loggedIn);
      const gaps = gapsBetween(timed, from, trail.at, allowedMs).filter(
        ({ began }) => !accepts({ nodeId, gapStart: instantText(began) }),
      );
      const [worst] = gaps;
      const found = gapsText(gaps, from, trail.at, ` of node ${quoted(nodeId)}`);
      return worst ? [violated(expected, found, worst.beside)] : [];
    });
  },
};
