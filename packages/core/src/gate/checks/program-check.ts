import * as z from "zod";
import { type Seen, seenFields } from "../trail/seen.ts";

/**
 * What a check of a program's own has said of a reading. The function that says so stays in the program: this is all
 * that a verdict and its evidence know of it.
 */
export interface ProgramCheck {
  /** Its name. What it finds is found by the rule `check.<name>`. */
  readonly rule: string;
  /** Query that was asked, such as `dws_audit_dump_records`. */
  readonly query: string;
  /** ID of the cluster or instance. */
  readonly subject: string;
  /** Region that the reading asked for; null where it was left to the settings. */
  readonly region: string | null;
  /** As `region`. */
  readonly projectId: string | null;
  /** SHA-256 of the records that it has judged [hex]. */
  readonly digest: string;
  /** What it demands: a phrase that stands after "expected". */
  readonly expected: string;
  /** `said-which`: the records that are `against` it; `unasked`: the reading was not complete. */
  readonly outcome: "said-yes" | "said-no" | "said-which" | "said-neither" | "threw" | "unasked";
  /** Why, where it threw or was not asked; null elsewhere. */
  readonly reason: string | null;
  /** What it says is not in order. */
  readonly against: readonly RecordAgainst[];
}

/** A record that a check says is not in order. */
export interface RecordAgainst {
  /** What identifies it, as far as the record says. */
  readonly seen: Seen;
  /** As it is shown. */
  readonly text: string;
}

/** A check, and when its acknowledgements were judged. */
export interface TimedCheck extends ProgramCheck {
  /** The service's time, RFC 3339 in UTC; null where that is unknown. */
  readonly servedAt: string | null;
}

/** A check as it was said, for what comes from elsewhere. */
export const programCheck: z.ZodType<ProgramCheck> = z.strictObject({
  rule: z.string(),
  query: z.string(),
  subject: z.string(),
  region: z.string().nullable(),
  projectId: z.string().nullable(),
  digest: z.string(),
  expected: z.string(),
  outcome: z.enum(["said-yes", "said-no", "said-which", "said-neither", "threw", "unasked"]),
  reason: z.string().nullable(),
  against: z.array(z.strictObject({ seen: seenFields, text: z.string() })),
});

/** ID of the rule that a check is. */
export function checkRuleId({ rule }: Pick<ProgramCheck, "rule">): string {
  return `check.${rule}`;
}

/** The field that identifies a record of a query, for acknowledgements of what a check says. */
export function identityOf(query: string): "executorTime" | "id" {
  // Dumps have no id.
  return query === "dws_audit_dump_records" ? "executorTime" : "id";
}
