import { unknown, violated } from "../../trail/finding.ts";
import type { LogScene } from "../../trail/log-scene.ts";
import { counted } from "../../trail/wording.ts";
import { number } from "../policy-values.ts";
import type { Rule } from "../rule.ts";

/** The logs fit where they are kept. */
export const maxTotalBytes: Rule<number, LogScene> = {
  id: "dds.log.max-total-bytes",
  name: "maxTotalBytes",
  order: 5,
  field: number.optional().describe("Largest size of all logs in the window [byte]."),
  demands: "at most so many bytes in all; a log without a size is `unknown`",
  timed: true,
  next: "Look into what makes so many logs, or raise maxTotalBytes.",
  acknowledgedBy: ["id"],
  controls: [
    { id: "NIST SP 800-53 AU-4", why: "the audit logs fit the capacity that is set aside for them" },
  ],
  judge(most, { terms, trail }, accepts) {
    const expected = `at most ${most} bytes of logs in the last ${terms.within}`;
    const all = trail.records;
    const isOver = all.some(({ size }) => size === null || size < 0) || sum(all) > most;
    const records = isOver ? all.filter(({ id }) => !accepts({ id })) : all;
    const sized = records.filter(({ size }) => size !== null && size >= 0);
    const total = sum(sized);
    const others = records.filter(({ size }) => size === null || size < 0);
    const largest = sized.toSorted((a, b) => (b.size ?? 0) - (a.size ?? 0));
    return [
      ...(total > most
        ? [violated(expected, `${total} bytes in ${counted(sized.length, "log")}`, largest)]
        : []),
      ...(others.length > 0
        ? [unknown(expected, `${counted(others.length, "log")} without a size`, others)]
        : []),
    ];
  },
};

function sum(logs: readonly { readonly size: number | null }[]): number {
  return logs.reduce((bytes, { size }) => bytes + (size ?? 0), 0);
}
