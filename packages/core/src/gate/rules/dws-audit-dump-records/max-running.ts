import { duration } from "../../../instant.ts";
import { durationMs } from "../../time/moment.ts";
import { ranIn } from "../../trail/dump.ts";
import { type DumpScene, unknownResults } from "../../trail/dump-scene.ts";
import { violated } from "../../trail/finding.ts";
import { rowsOf, timesOf } from "../../trail/trail.ts";
import { counted, instantText } from "../../trail/wording.ts";
import type { Rule } from "../rule.ts";

/** No dump hangs. */
export const maxRunning: Rule<string, DumpScene> = {
  id: "dws.dump.max-running",
  name: "maxRunning",
  order: 4,
  field: duration.optional().describe("Longest time that a dump may be `RUNNING`."),
  demands: "no dump has been `RUNNING` for longer",
  timed: true,
  next: "See in the service's console whether the dump still makes progress.",
  acknowledgedBy: ["executorTime"],
  controls: [
    { id: "NIST SP 800-53 AU-5", why: "a dump that hangs is a failure of the audit logging process" },
  ],
  judge(longest, scene, accepts) {
    const { zone, trail } = scene;
    const limit = durationMs(longest);
    const { timed, faults } = timesOf("dump", scene.inState("running"), (row) => ranIn(row, zone));
    const late = timed
      .filter(({ from, row }) => trail.at - from > limit && !accepts({ executorTime: row.executorTime }))
      .toSorted((a, b) => a.from - b.from);
    const doubts = [...unknownResults(scene, accepts), ...faults];
    const [first] = late;
    if (!first) return doubts;
    const expected = `no dump that has been running for more than ${longest}`;
    const found = `${counted(late.length, "dump")} running, the first since ${instantText(first.from)}`;
    return [violated(expected, found, rowsOf(late)), ...doubts];
  },
};
