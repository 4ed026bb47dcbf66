import * as z from "zod";
import { gateAcknowledged, gateSkipped, violationFields } from "../gate/verdict.ts";
import { seenFields } from "../gate/trail/seen.ts";
import type {
  Acknowledgeable,
  FleetVerdict,
  JudgedReading,
  JudgedViolation,
  TargetVerdict,
} from "./fleet-verdict.types.ts";

const digest = z.string().regex(/^[0-9a-f]{64}$/);
const position = z
  .int()
  .min(-1)
  .describe(
    "Place among all readings of the target, from 0 in the order of the policy; -1 for none of them.",
  );

/** What was read of one subject, without what differs from one reading of the same records to the next. */
export const judgedReading: z.ZodType<JudgedReading> = z.object({
  position,
  query: z.string().describe("Query that was asked, such as `dws_audit_dump_records`."),
  subject: z.string().describe("ID of the cluster or instance; `*` for a list of all."),
  complete: z.boolean().nullable().describe("Whether everything was read; null where nothing was."),
  count: z.int().min(0).describe("Number of records."),
  digest: digest.nullable().describe("SHA-256 of the canonical records [hex]; null where nothing was read."),
});

/** A violation, and the place of what it is about among the readings of its target. */
export const judgedViolation: z.ZodType<JudgedViolation> = z.object({ position, ...violationFields });

/** Something that a broken rule has seen, and that an acknowledgement could name. */
export const acknowledgeable: z.ZodType<Acknowledgeable> = z.object({
  ruleId: z.string().describe("ID of the rule, such as `dws.dump.max-failures`."),
  subject: z.string().describe("ID of the cluster or instance."),
  record: seenFields.describe("Fields that identify it, as `record` of an acknowledgement has them."),
});

/** The verdict on one target. */
export const targetVerdictSchema: z.ZodType<TargetVerdict> = z.object({
  name: z
    .string()
    .nullable()
    .describe("Name of the target; null for the one place that the environment names."),
  place: z
    .object({
      region: z.string().nullable().describe("Region that was looked at; null where it is unknown."),
      projectId: z.string().nullable().describe("ID of the project; null where it is unknown."),
      identity: z
        .string()
        .nullable()
        .describe("Where the credentials came from, never what they are; null where there were none."),
    })
    .describe("Where it looked."),
  passed: z
    .boolean()
    .describe("True where everything was read completely in this target and no rule is violated."),
  blocking: z.boolean().describe("True where the policy wants whatever depends on it to stop."),
  subjects: z.int().min(0).describe("Number of readings that there are in all shards."),
  subjectsDigest: digest.describe(
    "SHA-256 over the queries and subjects of all shards, in the order of the policy [hex].",
  ),
  readings: z.array(judgedReading).describe("What was read, in the order of the policy."),
  violations: z.array(judgedViolation).describe("What is wrong, in the order of the policy."),
  acknowledged: z.array(gateAcknowledged).describe("What did not count because the policy acknowledges it."),
  acknowledgeable: z
    .array(acknowledgeable)
    .describe("What broken rules have seen, as an acknowledgement names it."),
  skipped: z
    .array(gateSkipped)
    .describe('What `"*"` left out because it cannot have an audit trail yet, or no longer.'),
  warnings: z
    .array(z.string())
    .describe("Acknowledgements and exceptions that end soon, have ended or meet nothing, one line each."),
  evidenceDigest: digest.describe("SHA-256 of the target's evidence [hex]."),
});

/** The verdict on all targets of a policy. */
export const fleetVerdictSchema: z.ZodType<FleetVerdict> = z.object({
  passed: z
    .boolean()
    .describe("True where everything was read completely in every target and no rule is violated."),
  blocking: z.boolean().describe("True where the policy wants whatever depends on it to stop."),
  enforcement: z
    .enum(["mandatory", "advisory"])
    .describe("Whether violations block, or only warn, as the policy has it."),
  at: z
    .string()
    .nullable()
    .describe(
      "Instant that windows and ages were judged at, RFC 3339 in UTC; null where it was each service's own time.",
    ),
  policyDigest: digest.describe("SHA-256 of the policy, without the settings of its targets [hex]."),
  shard: z
    .object({
      index: z.int().min(1).describe("Which of the parts, from 1."),
      count: z.int().min(1).describe("Number of parts."),
    })
    .nullable()
    .describe("Which part of all subjects this is about; null for all of them."),
  targets: z.array(targetVerdictSchema).describe("The verdict on each target, in the order of the policy."),
  evidenceDigest: digest.describe("SHA-256 over the targets and the digests of their evidence [hex]."),
});
