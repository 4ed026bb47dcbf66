import { AuditError } from "../../errors.ts";
import { type Extent, tryParseMoment, zoneOf } from "./moment.ts";
import type { Zone } from "./zone.ts";

/** A time in which nothing may be modified. */
export interface FreezeWindow {
  readonly start: string;
  readonly end: string;
  readonly timeZone?: string | undefined;
}

/**
 * From when to when a freeze window is, in full where local times come twice.
 *
 * @param zone - Zone of local times, unless the window has its own.
 * @throws {AuditError} `ERR_ARGUMENT` for times that cannot be read, or an end that is not after the start.
 */
export function freezeSpan({ start, end, timeZone }: FreezeWindow, zone: Zone): Extent {
  const own = timeZone === undefined ? zone : zoneOf(timeZone);
  const from = momentOf("start", start, own).earliest;
  const to = momentOf("end", end, own).latest;
  if (to > from) return { from, to };
  throw new AuditError(
    "ERR_ARGUMENT",
    `end must be later than the start, but ${end} is not after ${start}.`,
    {
      argument: "end",
    },
  );
}

function momentOf(argument: "start" | "end", text: string, zone: Zone) {
  const moment = tryParseMoment(text, zone);
  if (moment) return moment;
  throw new AuditError(
    "ERR_ARGUMENT",
    `${argument} cannot be "${text}": must be a date and time that there is, such as 2026-12-20T00:00:00Z, or local without a zone.`,
    { argument },
  );
}
