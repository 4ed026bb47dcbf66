import * as z from "zod";
import type { Evidence, GatePlace } from "./evidence/evidence.ts";
import type { GateAcknowledged, GateFacts, GateSkipped, GateViolation } from "./verdict.types.ts";

/** Fields of a violation, for what has more than these. */
export const violationFields = {
  rule: z
    .string()
    .describe(
      "Rule of the policy, such as `maxAge`; `readable`, `complete` or `clock` where the audit trail could not be read or believed.",
    ),
  ruleId: z
    .string()
    .describe("The same, under a name that no other rule has and that does not change: `dws.dump.max-age`."),
  query: z.string().describe("Query that was asked, such as `dws_audit_dump_records`."),
  subject: z.string().describe("ID of the cluster or instance."),
  kind: z
    .enum(["violated", "unknown", "incomplete", "error"])
    .describe(
      "`violated`: what was read breaks the rule; `unknown`: what was read does not say; `incomplete`: not everything could be read; `error`: nothing could.",
    ),
  code: z
    .string()
    .optional()
    .describe("Code of the error, such as `ERR_FORBIDDEN`, where the kind is `error` or `incomplete`."),
  blocking: z.boolean().describe("True where the policy wants the deployment to fail because of this."),
  message: z.string().describe("What is wrong, in one line."),
  expected: z.string().describe("What the rule demands."),
  found: z.string().describe("What there is instead."),
  records: z.array(z.string()).describe("The first records that show it, one line each."),
  next: z.string().describe("What to do about it, in one sentence."),
};

/** One demand of a policy that is not met, or cannot be known to be met. */
export const gateViolation: z.ZodType<GateViolation> = z.object(violationFields);

/** Something that was seen, and did not count because it is acknowledged. */
export const gateAcknowledged: z.ZodType<GateAcknowledged> = z.object({
  ruleId: z.string().describe("ID of the rule, such as `dws.dump.max-failures`."),
  query: z.string().describe("Query that was asked, such as `dws_audit_dump_records`."),
  subject: z.string().describe("ID of the cluster or instance."),
  record: z.string().describe("What was seen, in one line."),
  reason: z.string().describe("Why it is in order for now, as the policy has it."),
  since: z.string().describe("First day."),
  until: z.string().describe("Last day: from the next on it counts again."),
});

/** A cluster or instance that `"*"` did not mean, for it has no audit trail yet, or none any more. */
export const gateSkipped: z.ZodType<GateSkipped> = z.object({
  query: z.string().describe("List that names it: `dws_clusters` or `dds_instances`."),
  subject: z.string().describe("ID of the cluster or instance."),
  name: z.string().describe("Its name."),
  status: z.string().describe("Its state, such as `CREATING`."),
});

/** What a gate finds, in the form that every adapter hands on. */
export const gateFacts: z.ZodType<GateFacts> = z.object({
  passed: z.boolean().describe("True where everything was read completely and no rule is violated."),
  blocking: z
    .boolean()
    .describe("True where the policy wants the deployment to fail: a violation that is not merely to warn."),
  violations: z.array(gateViolation).describe("What is wrong, in the order of the policy."),
  acknowledged: z
    .array(gateAcknowledged)
    .describe("What did not count because the policy acknowledges it; the gate has passed with these."),
  skipped: z
    .array(gateSkipped)
    .describe(
      'Clusters and instances that `"*"` leaves out, as they have no audit trail yet, or none any more: those being created or deleted, or whose creation failed.',
    ),
  warnings: z
    .array(z.string())
    .describe(
      'Acknowledgements that end within seven days, have ended or meet nothing, and exceptions from `"*"` that meet nothing, one line each.',
    ),
  evidenceDigest: z
    .string()
    .describe("SHA-256 of the evidence [hex]: the same records of the same subjects have the same digest."),
  verdictDigest: z
    .string()
    .describe(
      "SHA-256 of the verdict with its policy, acknowledgements, place and time, and of the evidence [hex]: differs with every evaluation.",
    ),
});

/** Outcome of a gate. A violated one is a value too: only an adapter makes a failure of it. */
export interface GateVerdict extends GateFacts {
  /** What the policy says: `advisory` never blocks. */
  readonly enforcement: "mandatory" | "advisory";
  /** Where the gate looked, and as whom. */
  readonly place: GatePlace;
  /** What was asked and answered, without the records. */
  readonly evidence: Evidence;
}
