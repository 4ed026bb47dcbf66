import * as z from "zod";
import { AuditError } from "../errors.ts";
import { gateAcknowledged, gateSkipped, gateViolation } from "../gate/verdict.ts";
import { seenFields } from "../gate/trail/seen.ts";
import type { FleetVerdict } from "./fleet-verdict.ts";

const digest = z.string().regex(/^[0-9a-f]{64}$/);
const position = z.int().min(-1);

const target = z.object({
  name: z.string().nullable(),
  place: z.object({
    region: z.string().nullable(),
    projectId: z.string().nullable(),
    identity: z.string().nullable(),
  }),
  passed: z.boolean(),
  blocking: z.boolean(),
  subjects: z.int().min(0),
  subjectsDigest: digest,
  readings: z.array(
    z.object({
      position,
      query: z.string(),
      subject: z.string(),
      complete: z.boolean().nullable(),
      count: z.int().min(0),
      digest: digest.nullable(),
    }),
  ),
  violations: z.array(z.intersection(gateViolation, z.object({ position }))),
  acknowledged: z.array(gateAcknowledged),
  acknowledgeable: z.array(z.object({ ruleId: z.string(), subject: z.string(), record: seenFields })),
  skipped: z.array(gateSkipped),
  warnings: z.array(z.string()),
  evidenceDigest: digest,
});

/** The verdict on all targets, as JSON has it. */
const fleetVerdictSchema = z.object({
  version: z.literal(1),
  passed: z.boolean(),
  blocking: z.boolean(),
  enforcement: z.enum(["mandatory", "advisory"]),
  at: z.string().nullable(),
  policyDigest: digest,
  shard: z.object({ index: z.int().min(1), count: z.int().min(1) }).nullable(),
  targets: z.array(target),
  evidenceDigest: digest,
});

/**
 * A verdict out of the JSON that `auditgate check --format json` writes.
 *
 * @throws {AuditError} `ERR_ARGUMENT` for a text that is none.
 */
export function parseFleetVerdict(text: string): FleetVerdict {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new AuditError("ERR_ARGUMENT", "The verdict is no JSON.", { argument: "verdict", cause });
  }
  const parsed = fleetVerdictSchema.safeParse(value);
  if (parsed.success) {
    // As it was written: the schema would put the fields in another order.
    const { version: _, ...verdict } = value as FleetVerdict & { readonly version: 1 };
    return verdict;
  }
  const [issue] = parsed.error.issues;
  const place = issue?.path.map(String).join(".") || "it";
  throw new AuditError(
    "ERR_ARGUMENT",
    `The verdict is not of version 1: ${place} ${issue?.message ?? "is wrong"}.`,
    {
      argument: "verdict",
    },
  );
}
