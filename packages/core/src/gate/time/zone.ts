/** A time zone: what a clock on the wall there can mean. */
export interface Zone {
  /**
   * The instants [ms since 1970-01-01 UTC] at which the clock shows `local` (the same figures, taken for UTC),
   * earliest first: two where it is put back, none where it is put forward.
   */
  instantsOf(local: number): readonly number[];
}

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
// Nearly all zones change at whole quarters of an hour.
const QUARTER_MS = 15 * MINUTE_MS;
const MEMORY = 50_000;

/** The zone that an offset (`+08:00`, `Z`) or an IANA name (`Asia/Shanghai`) means, or undefined if it is none. */
export function tryParseZone(text: string): Zone | undefined {
  const offset = tryParseOffset(text);
  if (offset !== undefined) return { instantsOf: (local) => [local - offset] };
  // Intl also takes offsets, in forms that are refused here.
  if (!/^[A-Za-z]/.test(text)) return undefined;
  let zone = named.get(text);
  if (!zone && (zone = tryMakeZone(text))) named.set(text, zone);
  return zone;
}

// To make a formatter takes longer than to use it a hundred times.
const named = new Map<string, Zone>();

function tryParseOffset(text: string): number | undefined {
  if (text === "Z") return 0;
  const match = /^([+-])(\d{2}):?(\d{2})$/.exec(text);
  const minutes = Number(match?.[2]) * 60 + Number(match?.[3]);
  // No zone is further from UTC than 14 hours.
  if (!match || Number(match[3]) > 59 || minutes > 14 * 60) return undefined;
  return (match[1] === "-" ? -minutes : minutes) * MINUTE_MS;
}

function tryMakeZone(timeZone: string): Zone | undefined {
  let format: Intl.DateTimeFormat;
  try {
    // The locale is fixed, so that the machine's does not matter.
    format = new Intl.DateTimeFormat("en-US-u-ca-gregory-nu-latn", {
      timeZone,
      hourCycle: "h23",
      year: "numeric",
      month: "2-digit",
      day: "2-digit",
      hour: "2-digit",
      minute: "2-digit",
      second: "2-digit",
    });
  } catch {
    return undefined;
  }
  const known = new Map<number, number>();
  const offsetOfQuarter = (quarter: number): number => {
    let offset = known.get(quarter);
    if (offset === undefined) {
      if (known.size >= MEMORY) known.clear();
      offset = wallClock(format, quarter) - quarter;
      known.set(quarter, offset);
    }
    return offset;
  };
  const offsetAt = (instant: number): number => {
    const quarter = Math.floor(instant / QUARTER_MS) * QUARTER_MS;
    const offset = offsetOfQuarter(quarter);
    if (instant === quarter || offset === offsetOfQuarter(quarter + QUARTER_MS)) return offset;
    const second = Math.floor(instant / 1000) * 1000;
    return wallClock(format, second) - second;
  };
  return {
    instantsOf(local) {
      // Whatever offset holds at that time, it holds a day earlier or a day later too.
      const offsets = [offsetAt(local - DAY_MS), offsetAt(local + DAY_MS)];
      if (offsets[0] === offsets[1]) offsets.pop();
      return offsets
        .map((offset) => local - offset)
        .filter((instant) => instant + offsetAt(instant) === local)
        .toSorted((a, b) => a - b);
    },
  };
}

function wallClock(format: Intl.DateTimeFormat, instant: number): number {
  const [, month, day, year, hour, minute, second] =
    /^(\d+)\/(\d+)\/(\d+), (\d+):(\d+):(\d+)$/.exec(format.format(instant)) ?? [];
  return Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second));
}
