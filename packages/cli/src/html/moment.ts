/** An instant for people: `2026-11-27 04:00 UTC`. */
export function momentText(instant: number | string): string {
  const date = new Date(instant);
  if (Number.isNaN(date.getTime())) return "at an unknown time";
  const text = date.toISOString();
  const seconds = text.slice(17, 19) === "00" ? "" : text.slice(16, 19);
  return `${text.slice(0, 10)} ${text.slice(11, 16)}${seconds} UTC`;
}

/** A day of the axis: `27 Nov`, with the hour where that is not midnight. */
export function tickText(instant: number): string {
  const date = new Date(instant);
  const day = `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()] ?? ""}`;
  const hours = date.toISOString().slice(11, 16);
  return hours === "00:00" ? day : `${day} ${hours}`;
}

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Distances of ticks [ms]. */
const STEPS = [HOUR_MS, 3 * HOUR_MS, 6 * HOUR_MS, 12 * HOUR_MS].concat(
  [1, 2, 7, 14, 30, 90, 365, 3650].map((days) => days * DAY_MS),
);
const MOST_TICKS = 5;

/** Round instants between two others, few enough for a phone. */
export function ticksBetween(from: number, to: number): readonly number[] {
  const step = STEPS.find((each) => (to - from) / each <= MOST_TICKS) ?? STEPS.at(-1)!;
  const first = Math.ceil(from / step) * step;
  return Array.from({ length: MOST_TICKS + 1 }, (_, index) => first + index * step).filter(
    (tick) => tick < to,
  );
}
