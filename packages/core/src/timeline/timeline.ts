import type { Refused } from "../gate/examine.ts";

/** What a stretch of a time line stands for. */
export type SpanState =
  /** Dumped, logged, or modified with success. */
  | "done"
  | "failed"
  /** A dump that still runs. */
  | "running"
  /** A modification that is not in force yet. */
  | "pending"
  /** A result or status that no rule explains. */
  | "unknown"
  /** Nothing covers it. */
  | "gap"
  /** Longer than a rule allows since the newest dump or log. */
  | "overdue"
  /** A node without any log. */
  | "silent"
  /** A time in which nothing may be modified. */
  | "freeze";

/** One stretch of a time line. */
export interface Span {
  /** Milliseconds since 1970-01-01 UTC, within the time line. */
  readonly from: number;
  /** The same; the beginning of the next stretch, where they touch. */
  readonly to: number;
  /** What became of it. */
  readonly state: SpanState;
  /** Records that it stands for; several that are alike and touch each other are one stretch. */
  readonly count: number;
  /** What it is, in one line. Texts of the service in it are harmless to terminals, and no markup. */
  readonly text: string;
  /** What rules have said of it that count it, with what an acknowledgement would name. */
  readonly counted: readonly Refused[];
}

/** Stretches that are drawn in one line: dumps, modifications, the logs of one node. */
export interface Lane {
  /** What its stretches are, or the node that they are of. */
  readonly name: string;
  /** In the order of time, those that matter more on top of others. */
  readonly spans: readonly Span[];
}

/** What was read of one cluster or instance, as it is drawn. */
export interface Timeline {
  /** Beginning of what is judged [ms since 1970-01-01 UTC]. */
  readonly from: number;
  /** The time that it was judged at [ms since 1970-01-01 UTC]. */
  readonly to: number;
  /** From top to bottom. */
  readonly lanes: readonly Lane[];
}
