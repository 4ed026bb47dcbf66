import { zoneOf } from "../gate/time/moment.ts";
import { freezeSpan, type FreezeWindow } from "../gate/time/freeze-window.ts";
import { changedIn, type ChangeState, changeState } from "../gate/trail/change.ts";
import type { ChangeTerms } from "../gate/trail/change-scene.ts";
import { instantText } from "../gate/trail/wording.ts";
import type { DwsParameterModificationRecordsRecord } from "../queries/dws-parameter-modification-records.types.ts";
import { harmless } from "../texts/harmless.ts";
import { type Counted } from "./counted.ts";
import { within } from "./within.ts";
import type { Lane, Span, SpanState } from "./timeline.ts";

/** Rules about modifications, as far as a time line shows them. */
export interface ChangeLaneTerms extends ChangeTerms {
  readonly freezeWindows?: readonly FreezeWindow[] | undefined;
}

const STATES: Readonly<{ [state in ChangeState]: SpanState }> = {
  succeeded: "done",
  failed: "failed",
  pending: "pending",
  unknown: "unknown",
};

/** The parameter modifications of one cluster by what became of them, and the times without any. */
export function changeLanes(
  records: readonly DwsParameterModificationRecordsRecord[],
  sets: readonly ChangeLaneTerms[],
  counted: Counted,
  from: number,
  to: number,
): readonly Lane[] {
  const [terms = {}] = sets;
  const zone = zoneOf(terms.timeZone);
  const spans = records.flatMap((row): readonly Span[] => {
    const extent = changedIn(row, terms, zone);
    if (!extent) return [];
    const state = STATES[changeState(row, terms)];
    const own = counted.of(
      { id: row.id },
      "no-pending",
      "max-failed",
      "max-changes",
      "allowed-operators",
      "freeze-windows",
    );
    if (extent.to < from && own.length === 0) return [];
    const who = harmless(row.operator ?? "nobody who is named");
    const why = row.failedReason === null ? "" : ` ${harmless(row.failedReason)}`;
    const text = `Modification ${harmless(row.id ?? "without an id")} of ${instantText(extent.from)} by ${who}: ${harmless(row.status ?? "no status")}.${why}`;
    return [{ ...within(extent, from, to), state, count: 1, text, counted: own }];
  });
  const windows = sets.flatMap((set) =>
    (set.freezeWindows ?? []).map((window) => freezeSpan(window, zoneOf(set.timeZone))),
  );
  const frozen = windows
    .filter((window) => window.to > from && window.from < to)
    .map((window): Span => {
      const text = `Nothing may be modified from ${instantText(window.from)} to ${instantText(window.to)}.`;
      return { ...within(window, from, to), state: "freeze", count: 0, text, counted: [] };
    });
  return [{ name: "modifications", spans: [...frozen, ...spans] }];
}
