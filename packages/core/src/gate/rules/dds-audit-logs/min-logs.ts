import * as z from "zod";
import { violated } from "../../trail/finding.ts";
import type { LogScene } from "../../trail/log-scene.ts";
import { counted } from "../../trail/wording.ts";
import type { Rule } from "../rule.ts";

/** There are logs at all. */
export const minLogs: Rule<number, LogScene> = {
  id: "dds.log.min-logs",
  name: "minLogs",
  order: 4,
  field: z.int().min(1).optional().describe("Fewest logs that there must be in the window."),
  demands: "at least so many logs, from 1",
  timed: true,
  next: "See whether auditing is on for every node; if the instance is younger than `within`, shorten that.",
  acknowledgedBy: [],
  controls: [{ id: "NIST SP 800-53 AU-12", why: "audit records are generated" }],
  judge(fewest, { terms, trail: { records } }) {
    if (records.length >= fewest) return [];
    const expected = `at least ${counted(fewest, "log")} in the last ${terms.within}`;
    return [violated(expected, counted(records.length, "log"), records)];
  },
};
