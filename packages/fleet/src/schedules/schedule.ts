import type { ExitCode } from "@auditgate/cli/parts";

/** When a policy is to be judged, and how. Names, times and numbers: all that lies in Redis about it. */
export interface Schedule {
  readonly name: string;
  readonly policyDigest: string;
  /** When it is due. */
  readonly due: Due;
  /** Targets of the policy; all if absent. */
  readonly targets?: readonly string[];
  /** Readings of a slice. */
  readonly slice: number;
  /** Slices of one target at once. */
  readonly concurrency: number;
  /** How often a slice is asked for. */
  readonly tries: number;
  /** How long nobody may be there who can judge [ms]. */
  readonly patienceMs: number;
  /** How long results are kept [ms]. */
  readonly keepMs: number;
  /** How long after its time a verdict may come until the one before counts no more [ms]. */
  readonly lateMs: number;
}

/** Every so often, or by a pattern of cron in a time zone. */
export type Due = { readonly everyMs: number } | { readonly cron: string; readonly timeZone: string };

/** What came of the last time that a schedule was due. */
export interface Outcome {
  readonly run: string | null;
  /** Instant that it was judged at; null where it did not come to that. */
  readonly at: string | null;
  /** Name of the worker that coordinated it. */
  readonly worker: string;
  /** What a process would have ended with that had done the same. */
  readonly exitCode: ExitCode;
  readonly violations: number;
  /** Why there is no verdict; null where there is one. */
  readonly problem: string | null;
  /** When the next one is due [ms since 1970-01-01 UTC]; null where nobody knows. */
  readonly nextMs: number | null;
}

/** When it is due, for people. */
export function dueText(due: Due): string {
  if ("cron" in due) return `${due.cron} (${due.timeZone})`;
  return `every ${spanText(due.everyMs)}`;
}

const UNITS = [
  ["d", 86_400_000],
  ["h", 3_600_000],
  ["m", 60_000],
  ["s", 1_000],
] as const;

function spanText(ms: number): string {
  const [unit, length] = UNITS.find(([, each]) => ms % each === 0) ?? ["ms", 1];
  return `${ms / length}${unit}`;
}

/** How much is wrong, for people. */
export function violationsText(count: number): string {
  return count === 1 ? "1 violation" : `${count} violations`;
}

/** What a schedule says at a time about what it watches over. */
export interface Standing {
  /** Whether a verdict is missing that should be there by now. */
  readonly late: boolean;
  /** Of the last verdict; that of what could not be judged where there is none, or it is late. */
  readonly exitCode: ExitCode;
}

/** What counts of an outcome at a time [ms since 1970-01-01 UTC]. */
export function standingOf({ lateMs }: Schedule, outcome: Outcome | undefined, nowMs: number): Standing {
  if (!outcome) return { late: false, exitCode: 3 };
  const late = outcome.nextMs === null || nowMs > outcome.nextMs + lateMs;
  return { late, exitCode: late ? 3 : outcome.exitCode };
}
