import * as z from "zod";
import { isDay } from "./acknowledged-period.ts";
import { name } from "../rules/policy-values.ts";
import { seenFields } from "../trail/seen.ts";
import type { Acknowledgement } from "./policy.types.ts";

const day = z.string().refine(isDay, { error: "must be a day that exists, such as 2026-12-15" });

/** One thing that is known, and must not close the gate for some time. */
export const acknowledgement: z.ZodType<Acknowledgement> = z.strictObject({
  rule: name.describe("ID of the rule that the gate names, such as `dws.dump.max-failures`; no wildcard."),
  subject: name.describe("ID of the cluster or instance."),
  record: seenFields.describe(
    "What was seen: exactly the fields that the rule is acknowledged by, as the record has them.",
  ),
  reason: name.describe("Why it is in order for now, for whoever reviews it."),
  since: day.describe("First day, such as `2026-11-27`, in UTC."),
  until: day.describe("Last day, in UTC, by the service's clock; at most 90 days after the first."),
});
