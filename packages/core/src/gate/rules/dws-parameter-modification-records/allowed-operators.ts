import type { DwsParameterModificationRecordsRecord } from "../../../queries/dws-parameter-modification-records.types.ts";
import { type ChangeScene, NOUN } from "../../trail/change-scene.ts";
import { unknown, violated } from "../../trail/finding.ts";
import { counted, listed, period } from "../../trail/wording.ts";
import { name, some } from "../policy-values.ts";
import type { Rule } from "../rule.ts";

/** Only some may modify. */
export const allowedOperators: Rule<readonly string[], ChangeScene> = {
  id: "dws.modification.allowed-operators",
  name: "allowedOperators",
  order: 4,
  field: some(name)
    .optional()
    .describe("Operators whose modifications are allowed; any other is a violation."),
  demands: "all are by one of these operators; null is `unknown`",
  timed: false,
  next: "Have the modification reviewed; add the operator to allowedOperators if it is in order.",
  acknowledgedBy: ["id"],
  controls: [{ id: "NIST SP 800-53 CM-5", why: "only those who may change the system have changed it" }],
  judge(allowed, { terms, trail }, accepts) {
    const expected = `only modifications by ${listed(allowed)}${period(terms.within)}`;
    const against = trail.records.filter(
      ({ id, operator }) => !(operator !== null && allowed.includes(operator)) && !accepts({ id }),
    );
    const others = against.filter(({ operator }) => operator !== null);
    const nobodys = against.filter(({ operator }) => operator === null);
    return [
      ...(others.length > 0 ? [violated(expected, by(others), others)] : []),
      ...(nobodys.length > 0 ? [unknown(expected, by(nobodys), nobodys)] : []),
    ];
  },
};

function by(rows: readonly DwsParameterModificationRecordsRecord[]): string {
  return `${counted(rows.length, NOUN)} by ${listed(rows.map(({ operator }) => operator))}`;
}
