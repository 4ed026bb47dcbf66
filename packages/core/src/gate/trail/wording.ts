import { harmless } from "../../texts/harmless.ts";

const LONGEST = 120;

/** A value out of a record, quoted; `null` where there is none. */
export function quoted(value: unknown): string {
  if (typeof value !== "string") return harmless(JSON.stringify(value ?? null));
  const text = value.length > LONGEST ? `${value.slice(0, LONGEST)}…` : value;
  return harmless(JSON.stringify(text));
}

/** Fields that say again whose record it is. */
const REPEATED: ReadonlySet<string> = new Set(["clusterId", "name"]);

/** One record in one line, without what is clear anyway: `id="12" status=null …`. */
export function recordLine(record: object): string {
  return Object.entries(record)
    .filter(([name, value]) => !REPEATED.has(name) && !(name === "failedReason" && value === null))
    .map(([name, value]) => `${name}=${quoted(value)}`)
    .join(" ");
}

/** The different values of a field, for a sentence, in the same order whatever theirs: `"PARTIAL", null and 3 others`. */
export function listed(values: readonly unknown[]): string {
  const different = [...new Set(values)].map(quoted).toSorted();
  const shown = different.slice(0, 3).join(", ");
  return different.length > 3 ? `${shown} and ${different.length - 3} others` : shown;
}

/** `1 dump`, `2 dumps`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

/** The window of rules, for the end of a phrase; nothing where they have none. */
export function period(within: string | undefined): string {
  return within === undefined ? "" : ` in the last ${within}`;
}

const UNITS = [
  ["d", 86_400_000],
  ["h", 3_600_000],
  ["m", 60_000],
  ["s", 1000],
] as const;

/** A length of time in its two largest units: `2d 3h`, `59m 30s`; parts of a second are left out. */
export function lengthOf(ms: number): string {
  const first = UNITS.findIndex(([, unit]) => ms >= unit);
  if (first === -1) return "0s";
  return UNITS.slice(first, first + 2)
    .map(([name, unit], index) => [
      index === 0 ? Math.floor(ms / unit) : Math.floor((ms % UNITS[first]![1]) / unit),
      name,
    ])
    .filter(([count], index) => index === 0 || count !== 0)
    .map(([count, name]) => `${count}${name}`)
    .join(" ");
}

/** An instant as people read it: RFC 3339 in UTC, whole seconds. */
export function instantText(ms: number): string {
  return Number.isFinite(ms) ? `${new Date(ms).toISOString().slice(0, 19)}Z` : "an unknown time";
}
