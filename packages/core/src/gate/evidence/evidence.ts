import { digestOf } from "../../reading/digest.ts";
import type { TimedCheck } from "../checks/program-check.ts";
import type { DatesProblem } from "../../reading/service-dates.ts";
import type { GatePolicy } from "../policy/policy.types.ts";
import type { GateFacts } from "../verdict.types.ts";

/** What a verdict rests on. The records themselves are in the evidence file, where one was asked for. */
export interface Evidence {
  /**
   * SHA-256 over every query, subject and digest of its records [hex]; the same in whatever order the policy names
   * them, and whenever they were read.
   */
  readonly digest: string;
  /** One for each query and subject, in the order of the policy. */
  readonly readings: readonly EvidenceReading[];
  /** Checks of the program's own, where it has some. */
  readonly checks?: readonly TimedCheck[];
}

/** What was asked and answered about one subject. */
export interface EvidenceReading {
  /** Query, such as `dws_audit_dump_records`. */
  readonly query: string;
  /** ID of the cluster or instance. */
  readonly subject: string;
  /** Arguments of the query. */
  readonly arguments: { readonly [name: string]: string };
  /** Region and project that it was asked in; null where they are unknown. */
  readonly region: string | null;
  /** As `region`. */
  readonly projectId: string | null;
  /** The service's time, RFC 3339 in UTC; null where it did not say. */
  readonly servedAt: string | null;
  /** The time that windows and ages were measured at, RFC 3339 in UTC; the service's if absent. */
  readonly at?: string;
  /** Why that time, and so what was read, cannot be believed. */
  readonly clock?: DatesProblem;
  /** The vendor's ids of the requests. */
  readonly requestIds: readonly string[];
  /** Whether everything was read; null where nothing was. */
  readonly complete: boolean | null;
  /** Why nothing, or not everything, was read. */
  readonly reason: string | null;
  /** Number of records. */
  readonly count: number;
  /** SHA-256 of the canonical records [hex], the same as the reading's own; null where nothing was read. */
  readonly digest: string | null;
}

/** What a reading is in a digest of evidence. */
export type ReadingDigest = Pick<EvidenceReading, "query" | "subject" | "digest">;

/** Digest of evidence, from the digests of its readings in any order [hex SHA-256]. */
export function evidenceDigest(readings: readonly ReadingDigest[]): string {
  return digestOf(readings.map(lineOf).toSorted());
}

/** The same, of what checks of the program's own have judged too: it may be what the policy has read. */
export function evidenceDigestWith(
  readings: readonly ReadingDigest[],
  checks: readonly ReadingDigest[],
): string {
  const read = new Set(readings.map(lineOf));
  const others = new Map(checks.map((check) => [lineOf(check), check] as const));
  for (const line of read) others.delete(line);
  return evidenceDigest([...readings, ...others.values()]);
}

function lineOf({ query, subject, digest }: ReadingDigest): string {
  return JSON.stringify([query, subject, digest]);
}

/** Head of a reading's part of an evidence file; its records follow, one line each. */
interface ReadingLine extends EvidenceReading {
  readonly evidence: "reading";
}

/** Where a gate looked: nulls are what could not be found out. */
export interface GatePlace {
  /** Region, such as `eu-de`. */
  readonly region: string | null;
  /** ID of the project. */
  readonly projectId: string | null;
  /** Where the credentials came from: `HW_ACCESS_KEY`, `profile "prod" in …`, the machine's own agency. */
  readonly identity: string | null;
}

/** Last line of an evidence file: the verdict, and all that it rests on beside the records. */
export interface VerdictLine extends Omit<GateFacts, "evidenceDigest"> {
  readonly evidence: "verdict";
  /** Version of the form. */
  readonly version: 2;
  /** The service's latest time, RFC 3339 in UTC; null where it did not say. */
  readonly time: string | null;
  readonly place: GatePlace;
  /** Number of readings in the file. */
  readonly readings: number;
  /** Number of checks of the program's own in the file; absent where there are none. */
  readonly checks?: number;
  /** As in {@link Evidence}. */
  readonly digest: string;
  readonly policy: GatePolicy;
}

/** The service's time of the latest of several answers, RFC 3339; null where none of them said it. */
export function latestServed(all: readonly Pick<EvidenceReading, "servedAt">[]): string | null {
  return (
    all
      .flatMap(({ servedAt }) => servedAt ?? [])
      .toSorted()
      .at(-1) ?? null
  );
}

/** The last line for a policy, what was read and what follows from it. */
export function verdictLine(
  policy: GatePolicy,
  {
    readings,
    checks,
  }: { readonly readings: readonly EvidenceReading[]; readonly checks: readonly TimedCheck[] },
  conclusion: Omit<GateFacts, "evidenceDigest" | "verdictDigest">,
  place: GatePlace,
): VerdictLine {
  const line = {
    evidence: "verdict",
    version: 2,
    time: latestServed([...readings, ...checks]),
    place,
    readings: readings.length,
    ...(checks.length > 0 && { checks: checks.length }),
    digest: evidenceDigestWith(readings, checks),
    policy,
    ...conclusion,
  } as const;
  const heads = [...readings.map(headLine), ...checks.map(checkLine)];
  return { ...line, verdictDigest: verdictDigest(heads, line) };
}

/** Head of a reading's part, as it is written. */
export function headLine(reading: EvidenceReading): string {
  const head: ReadingLine = { evidence: "reading", ...reading };
  return JSON.stringify(head);
}

/** A check, as it is written. */
export function checkLine(check: TimedCheck): string {
  return JSON.stringify({ evidence: "check", ...check });
}

/**
 * Digest of a verdict [hex SHA-256]: of every reading's head, which has the digest of its records, of what every check
 * has said, and of the verdict with its policy, time and place.
 */
export function verdictDigest(heads: readonly string[], line: object): string {
  return digestOf([...heads, JSON.stringify(line)]);
}
