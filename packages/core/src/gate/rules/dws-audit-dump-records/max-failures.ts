import { type DumpScene, unknownResults } from "../../trail/dump-scene.ts";
import { violated } from "../../trail/finding.ts";
import { counted, period } from "../../trail/wording.ts";
import { number } from "../policy-values.ts";
import type { Rule } from "../rule.ts";

/** Not too many dumps have failed. */
export const maxFailures: Rule<number, DumpScene> = {
  id: "dws.dump.max-failures",
  name: "maxFailures",
  order: 2,
  field: number
    .optional()
    .describe(
      "Most dumps that may have failed: those with a failure reason or a result in `failedResults`. No dump at all has not failed either: add `maxAge`.",
    ),
  demands:
    "at most so many failed dumps, and none whose result is unknown. A cluster without any dump keeps it: add `maxAge`, which needs one",
  timed: false,
  next: "Look into the failure reasons, and run those dumps again.",
  acknowledgedBy: ["executorTime"],
  controls: [
    {
      id: "NIST SP 800-53 AU-5",
      why: "a failure of the audit logging process is told before anything is deployed",
    },
  ],
  judge(most, scene, accepts) {
    const failed = scene.inState("failed").records;
    const doubts = unknownResults(scene, accepts);
    if (failed.length <= most) return doubts;
    const records = failed.filter(({ executorTime }) => !accepts({ executorTime }));
    if (records.length <= most) return doubts;
    const expected = `at most ${counted(most, "failed dump")}${period(scene.terms.within)}`;
    return [violated(expected, counted(records.length, "failed dump"), records), ...doubts];
  },
};
