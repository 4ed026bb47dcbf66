import type { FleetTrail } from "../fleet/fleet-options.ts";
import { durationMs, zoneOf } from "../gate/time/moment.ts";
import { dumpedIn, ranIn } from "../gate/trail/dump.ts";
import type { DumpTerms } from "../gate/trail/dump-scene.ts";
import { changedIn } from "../gate/trail/change.ts";
import { loggedIn, type LogTerms } from "../gate/trail/log-scene.ts";
import type { DdsAuditLogsRecord } from "../queries/dds-audit-logs.types.ts";
import type { DwsAuditDumpRecordsRecord } from "../queries/dws-audit-dump-records.types.ts";
import type { DwsParameterModificationRecordsRecord } from "../queries/dws-parameter-modification-records.types.ts";
import { changeLanes, type ChangeLaneTerms } from "./change-lanes.ts";
import { countedBy } from "./counted.ts";
import { dumpLanes } from "./dump-lanes.ts";
import { logLanes } from "./log-lanes.ts";
import { merged } from "./merged.ts";
import type { Lane, Timeline } from "./timeline.ts";

const DAY_MS = 86_400_000;

/**
 * What was read of one cluster or instance as stretches of time, to be drawn: of as much as its rules look at, or of all
 * that was read where they look at everything. Undefined for a list, and where nothing was read.
 */
export function timelineOf(trail: FleetTrail): Timeline | undefined {
  const { reading, rules, refused, acknowledged } = trail;
  if (reading.digest === null || rules.length === 0) return undefined;
  const to = Date.parse(reading.at ?? reading.servedAt ?? "");
  if (!Number.isFinite(to)) return undefined;
  const counted = (family: string) => countedBy(family, refused, acknowledged);
  switch (reading.query) {
    case "dws_audit_dump_records": {
      const records = trail.records as readonly DwsAuditDumpRecordsRecord[];
      const [terms = {}] = rules as readonly DumpTerms[];
      const zone = zoneOf(terms.timeZone);
      const from = beginning(
        rules,
        records.map((row) => (dumpedIn(row, zone) ?? ranIn(row, zone))?.from),
        to,
      );
      return timeline(from, to, dumpLanes(records, terms, counted("dws.dump"), from, to));
    }
    case "dws_parameter_modification_records": {
      const records = trail.records as readonly DwsParameterModificationRecordsRecord[];
      const sets = rules as readonly ChangeLaneTerms[];
      const zone = zoneOf(sets[0]?.timeZone);
      const from = beginning(
        rules,
        records.map((row) => changedIn(row, sets[0] ?? {}, zone)?.from),
        to,
      );
      return timeline(from, to, changeLanes(records, sets, counted("dws.modification"), from, to));
    }
    case "dds_audit_logs": {
      const records = trail.records as readonly DdsAuditLogsRecord[];
      const from = beginning(
        rules,
        records.map((row) => loggedIn(row)?.from),
        to,
      );
      return timeline(
        from,
        to,
        logLanes(records, rules as readonly LogTerms[], counted("dds.log"), from, to),
      );
    }
    default:
      return undefined;
  }
}

function timeline(from: number, to: number, lanes: readonly Lane[]): Timeline {
  return { from, to, lanes: lanes.map(({ name, spans }) => ({ name, spans: merged(spans, from, to) })) };
}

/** Where the longest window of the rules begins; the first record, where one of them looks at all. */
function beginning(
  rules: readonly { readonly within?: string | undefined }[],
  times: readonly (number | undefined)[],
  to: number,
): number {
  const windows = rules.map(({ within }) => (within === undefined ? Infinity : durationMs(within)));
  const longest = windows.reduce((most, window) => Math.max(most, window), 0);
  if (Number.isFinite(longest)) return to - longest;
  return times.reduce<number>((first, time) => Math.min(first, time ?? first), to - DAY_MS);
}
