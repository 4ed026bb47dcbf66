import type { DwsParameterModificationRecordsRecord } from "../../queries/dws-parameter-modification-records.types.ts";
import type { Accepts } from "./seen.ts";
import { zoneOf } from "../time/moment.ts";
import type { Zone } from "../time/zone.ts";
import {
  changedIn,
  type ChangeState,
  changeState,
  type ChangeStatuses,
  PENDING,
  successStatuses,
} from "./change.ts";
import { type Fault, unknown } from "./finding.ts";
import { recent, type Trail } from "./trail.ts";
import { counted, listed } from "./wording.ts";

/** What rules about modifications have in common. */
export interface ChangeTerms extends ChangeStatuses {
  readonly within?: string | undefined;
  readonly timeZone?: string | undefined;
}

/** What rules about modifications judge: those of one cluster. */
export interface ChangeScene {
  readonly terms: ChangeTerms;
  readonly zone: Zone;
  /** Modifications to be judged. */
  readonly trail: Trail<DwsParameterModificationRecordsRecord>;
  inState(state: ChangeState): readonly DwsParameterModificationRecordsRecord[];
}

/** What a record is called. */
export const NOUN = "modification";

/** The modifications to be judged, and those of which nobody can tell whether they are. */
export function changeScene(
  trail: Trail<DwsParameterModificationRecordsRecord>,
  terms: ChangeTerms,
): { readonly scene: ChangeScene; readonly faults: readonly Fault[] } {
  const zone = zoneOf(terms.timeZone);
  const changed = (row: DwsParameterModificationRecordsRecord) => changedIn(row, terms, zone);
  const { inside, faults } = recent(NOUN, trail, terms.within, changed, (row) => {
    return row.endTime === null || changeState(row, terms) === "unknown";
  });
  const scene: ChangeScene = {
    terms,
    zone,
    trail: { ...trail, records: inside },
    inState: (state) => inside.filter((row) => changeState(row, terms) === state),
  };
  return { scene, faults };
}

/** Doubts of every rule that has to know what became of a modification. */
export function unknownStatuses({ terms, inState }: ChangeScene, accepts: Accepts): readonly Fault[] {
  const records = inState("unknown").filter(({ id }) => !accepts({ id }));
  if (records.length === 0) return [];
  const { failedStatuses = [] } = terms;
  const failure = failedStatuses.length > 0 ? `, failedStatuses (${listed(failedStatuses)})` : "";
  const expected = `only statuses of successStatuses (${listed(successStatuses(terms))})${failure}, or ${listed(PENDING)}`;
  const found = `${counted(records.length, NOUN)} with ${listed(records.map(({ status }) => status))}`;
  return [unknown(expected, found, records)];
}
