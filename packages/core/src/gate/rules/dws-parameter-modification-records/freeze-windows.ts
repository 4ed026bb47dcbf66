import * as z from "zod";
import type { DwsParameterModificationRecordsRecord as Row } from "../../../queries/dws-parameter-modification-records.types.ts";
import { freezeSpan, type FreezeWindow } from "../../time/freeze-window.ts";
import type { Extent } from "../../time/moment.ts";
import { changedIn } from "../../trail/change.ts";
import { type ChangeScene, NOUN } from "../../trail/change-scene.ts";
import { unknown, violated } from "../../trail/finding.ts";
import { rowsOf, timesOf } from "../../trail/trail.ts";
import { counted } from "../../trail/wording.ts";
import { name, zone } from "../policy-values.ts";
import type { Rule } from "../rule.ts";

const freezeWindow = z.strictObject({
  start: name.describe(
    "Start, with a zone such as `2026-12-20T00:00:00Z`, or local such as `2026-12-20T00:00:00`.",
  ),
  end: name.describe("End, in the same forms; a change at this very moment is allowed again."),
  timeZone: zone.optional().describe("Zone of a local start and end; the rules' zone if absent."),
});

/** Nothing was modified while nothing may be. */
export const freezeWindows: Rule<readonly FreezeWindow[], ChangeScene> = {
  id: "dws.modification.freeze-windows",
  name: "freezeWindows",
  order: 5,
  field: z.array(freezeWindow).optional().describe("Times in which nothing may have been modified."),
  demands: "no modification in any of these times",
  timed: true,
  next: "Have the modification reviewed, or wait until it is older than `within`.",
  acknowledgedBy: ["id"],
  controls: [
    { id: "NIST SP 800-53 CM-3", why: "changes are made when they are approved to be made" },
    { id: "ISO/IEC 27001:2022 A.8.32", why: "changes follow the organization's change management" },
  ],
  judge(windows, { terms, zone: ruleZone, trail }, accepts) {
    if (windows.length === 0) return [];
    const { timed, faults } = timesOf(NOUN, trail, (row) => changedIn(row, terms, ruleZone));
    // One that is in several windows is accepted once, for all of them.
    const known = new Map<Row, boolean>();
    const isAccepted = (row: Row) => {
      const answer = known.get(row) ?? accepts({ id: row.id });
      known.set(row, answer);
      return answer;
    };
    return [
      ...faults,
      ...windows.flatMap((window) => {
        const { from, to } = freezeSpan(window, ruleZone);
        const expected = `no modification from ${window.start} to ${window.end}`;
        // A modification that ends as the window begins is not inside; one that begins then, or still goes on, is.
        const reaches = (change: Extent) => (change.to === Infinity ? trail.at >= from : change.to > from);
        const inside = timed.filter(
          (change) => change.from < to && (reaches(change) || change.from >= from) && !isAccepted(change.row),
        );
        // Without an end, a modification may have lasted into any window that has begun since.
        const endless = timed.filter(
          ({ row, ...change }) =>
            row.endTime === null && change.to < from && from <= trail.at && !isAccepted(row),
        );
        const before = `${counted(endless.length, NOUN)} before that, without an end`;
        return [
          ...(inside.length > 0 ? [violated(expected, counted(inside.length, NOUN), rowsOf(inside))] : []),
          ...(endless.length > 0 ? [unknown(expected, before, rowsOf(endless))] : []),
        ];
      }),
    ];
  },
};
