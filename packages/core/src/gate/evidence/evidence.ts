import { digestOf } from "../../reading/digest.ts";

/** What a verdict rests on. The records themselves are in the evidence file, where one was asked for. */
export interface Evidence {
  /**
   * SHA-256 over every query, subject and digest of its records [hex]; the same in whatever order the policy names
   * them, and whenever they were read.
   */
  readonly digest: string;
  /** One for each query and subject, in the order of the policy. */
  readonly readings: readonly EvidenceReading[];
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
  readonly projectId: string | null;
  /** The service's time, RFC 3339 in UTC; null where it did not say. */
  readonly servedAt: string | null;
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
  const lines = readings.map(({ query, subject, digest }) => JSON.stringify([query, subject, digest]));
  return digestOf(lines.toSorted());
}

/** Head of a reading's part of an evidence file; its records follow, one line each. */
export interface ReadingLine extends EvidenceReading {
  readonly evidence: "reading";
}

/** Last line of an evidence file. */
export interface VerdictLine {
  readonly evidence: "verdict";
  readonly version: 1;
  readonly passed: boolean;
  /** Number of readings in the file. */
  readonly readings: number;
  /** As in {@link Evidence}. */
  readonly digest: string;
  /** Region and project that it was asked in, and where the credentials came from. */
  readonly place: object;
  readonly policy: object;
  readonly violations: readonly object[];
}
