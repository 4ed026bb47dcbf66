/**
 * The rules a second time, by counting minutes: slow, and with nothing of ours. All times of the histories are whole
 * minutes, so that a gap, an age or a window is a number of steps on a ruler.
 */

/** Thrown where a rule would have to read what a record does not say: never a pass. */
export class Unknown extends Error {}

/** Walks the minutes one by one, to find where gaps that are too long begin. */
export function gapsOf(
  spans: readonly (readonly [number, number])[],
  since: number,
  at: number,
  allowed: number,
): readonly number[] {
  // Of each minute: whether it is covered whole, and whether an interval reaches its first instant.
  const covered = new Set<number>();
  const touched = new Set<number>();
  for (const [from, to] of spans) {
    for (let minute = from; minute < to; minute++) covered.add(minute);
    for (let minute = from; minute <= to; minute++) touched.add(minute);
  }
  const gaps: number[] = [];
  let run = 0;
  for (let minute = since; minute < at + 10; minute++) {
    run = covered.has(minute) ? 0 : run + 1;
    if (!touched.has(minute + 1)) continue;
    if (run > allowed) gaps.push(beganAt(spans, minute + 1 - run, since));
    run = 0;
  }
  const end = Math.max(...spans.map(([, to]) => to));
  const longest = Math.max(...spans.filter(([, to]) => to === end).map(([from]) => end - from));
  const grace = longest < allowed ? longest : allowed;
  return at - end > allowed + grace ? [...gaps, end] : gaps;
}

/** Where a gap began that is cut by `since`: where what there was before it ended. */
function beganAt(spans: readonly (readonly [number, number])[], first: number, since: number): number {
  if (first > since) return first;
  const ends = spans.map(([, to]) => to).filter((to) => to <= since);
  return ends.length === 0 ? since : Math.max(...ends);
}

/** Runs a judgement, in which what is unknown never passes. */
export function decide(judge: () => boolean): boolean {
  try {
    return judge();
  } catch (error) {
    if (error instanceof Unknown) return false;
    throw error;
  }
}

/** As {@link minuteOf}; undefined where there is none. */
export function tryMinute(text: string | null, zone: number): number | undefined {
  try {
    return minuteOf(text, zone);
  } catch {
    return undefined;
  }
}

/** A minute that has come, as far as clocks may differ. */
export function past(minute: number, at: number): number {
  if (minute > at + 5) throw new Unknown();
  return minute;
}

/** Minutes since 1970 of a time as the services write it; `zone` is for one without a zone. */
export function minuteOf(text: string | null, zone: number | undefined): number {
  if (text === null || !/^\d{4}-\d\d-\d\dT\d\d:\d\d:00/.test(text)) throw new Unknown();
  const figures = [
    text.slice(0, 4),
    text.slice(5, 7),
    text.slice(8, 10),
    text.slice(11, 13),
    text.slice(14, 16),
  ];
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0] = figures.map(Number);
  if (year < 2000) throw new Unknown();
  if (day > new Date(Date.UTC(year, month, 0)).getUTCDate()) throw new Unknown();
  const rest = text.slice(19);
  const offset = rest === "" ? zone : rest === "Z" || rest === ".000Z" ? 0 : offsetMinutes(rest);
  if (offset === undefined) throw new Unknown();
  return Date.UTC(year, month - 1, day, hour, minute) / 60_000 - offset;
}

/** Minutes that a clock at `±hh:mm` is ahead of UTC. */
export function offsetMinutes(text: string): number {
  const size = Number(text.slice(1, 3)) * 60 + Number(text.slice(-2));
  return text.startsWith("-") ? -size : size;
}

/** Length of `30m`, `2h`, `7d`. */
export function minutes(duration: string): number {
  const unit = { m: 1, h: 60, d: 1440 }[duration.slice(-1)];
  if (unit === undefined) throw new Error(duration);
  return Number(duration.slice(0, -1)) * unit;
}
