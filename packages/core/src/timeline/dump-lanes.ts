import { zoneOf } from "../gate/time/moment.ts";
import { dumpedIn, type DumpState, dumpState, ranIn } from "../gate/trail/dump.ts";
import type { DumpTerms } from "../gate/trail/dump-scene.ts";
import { instantText } from "../gate/trail/wording.ts";
import type { DwsAuditDumpRecordsRecord } from "../queries/dws-audit-dump-records.types.ts";
import { harmless } from "../texts/harmless.ts";
import { type Counted } from "./counted.ts";
import { emptySpan, gapSpans, overdueSpans } from "./lacking.ts";
import { within } from "./within.ts";
import type { Lane, Span, SpanState } from "./timeline.ts";

const STATES: Readonly<{ [state in DumpState]: SpanState }> = {
  succeeded: "done",
  failed: "failed",
  running: "running",
  unknown: "unknown",
};

/** The dumps of one cluster, each over the time that it dumped. */
export function dumpLanes(
  records: readonly DwsAuditDumpRecordsRecord[],
  terms: DumpTerms,
  counted: Counted,
  from: number,
  to: number,
): readonly Lane[] {
  const zone = zoneOf(terms.timeZone);
  const dumps = records.map((row) => {
    const ran = ranIn(row, zone);
    return { row, ran, state: dumpState(row, terms), extent: dumpedIn(row, zone) ?? ran };
  });
  const spans = dumps.flatMap(({ row, ran, state, extent }): readonly Span[] => {
    if (!extent) return [];
    const own = counted.of(
      { executorTime: row.executorTime },
      "max-failures",
      "max-running",
      "bucket-name",
      "location-prefix",
    );
    if (extent.to < from && own.length === 0) return [];
    const why = row.failedReason === null ? "" : ` ${harmless(row.failedReason)}`;
    const text = `Dump that ran at ${ran ? instantText(ran.from) : "an unknown time"}: ${harmless(row.result ?? "no result")}.${why}`;
    return [{ ...within(extent, from, to), state: STATES[state], count: 1, text, counted: own }];
  });
  const succeeded = dumps.filter(({ state }) => state === "succeeded");
  const covering = succeeded.flatMap(({ row }) => dumpedIn(row, zone) ?? []);
  const overdue = succeeded.flatMap(({ row, ran }) =>
    ran
      ? overdueSpans(
          "successful dump",
          ran.from,
          counted.of({ executorTime: row.executorTime }, "max-age"),
          from,
          to,
        )
      : [],
  );
  // Without any that has succeeded there is nothing that these rules could name.
  const isEmpty = !succeeded.some(({ extent }) => extent && extent.to >= from);
  const empty = isEmpty
    ? [
        emptySpan(
          "gap",
          "No successful dump in all this time.",
          ["dws.dump.max-age", "dws.dump.max-gap"],
          from,
          to,
        ),
      ]
    : [];
  return [
    {
      name: "dumps",
      spans: [...empty, ...spans, ...gapSpans(counted.by("max-gap"), covering, from, to), ...overdue],
    },
  ];
}
