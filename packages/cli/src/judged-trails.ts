import { type Acknowledgement, type FleetTrail, type Timeline, timelineOf } from "@auditgate/core";

/** What is kept of an audit trail that was judged: far less than its records. */
export interface JudgedTrail {
  /** The service's time at which it was read, RFC 3339 in UTC; null where it did not say. */
  readonly servedAt: string | null;
  /** Why nothing, or not everything, was read. */
  readonly reason: string | null;
  /** Undefined for lists, and where nothing was read. */
  readonly timeline: Timeline | undefined;
  /** Acknowledgements of the policy about it, in force or not. */
  readonly acknowledged: readonly Acknowledgement[];
}

/** Every audit trail of an evaluation. */
export interface JudgedTrails {
  /** Keeps what is drawn of a trail. */
  add(trail: FleetTrail): void;
  /** What was kept of a trail. */
  of(target: string | null, query: string, subject: string): JudgedTrail | undefined;
}

/** Keeps of each trail what is drawn of it, as it comes. */
export function judgedTrails(): JudgedTrails {
  const trails = new Map<string, JudgedTrail>();
  const keyOf = (target: string | null, query: string, subject: string) =>
    JSON.stringify([target, query, subject]);
  return {
    add(trail) {
      const { target, reading, acknowledged } = trail;
      const { servedAt, reason } = reading;
      const timeline = timelineOf(trail);
      trails.set(keyOf(target, reading.query, reading.subject), {
        servedAt,
        reason,
        timeline,
        acknowledged,
      });
    },
    of: (target, query, subject) => trails.get(keyOf(target, query, subject)),
  };
}
