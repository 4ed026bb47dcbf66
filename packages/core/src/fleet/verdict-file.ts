import * as z from "zod";
import { AuditError } from "../errors.ts";
import type { FleetVerdict } from "./fleet-verdict.types.ts";
import { fleetVerdictSchema } from "./verdict-declaration.ts";

type JsonSchema = z.core.JSONSchema.JSONSchema;

/** The version of verdicts as JSON, which says how they are read; a field more is no other version. */
export const VERDICT_VERSION = 1;

/** A verdict as `auditgate check --format json` writes it. */
export interface VerdictFile extends FleetVerdict {
  /** Version of the form; other fields may come without a new one. */
  readonly version: typeof VERDICT_VERSION;
}

/** The verdict with the version of its form. */
export function verdictFile(verdict: FleetVerdict): VerdictFile {
  return { version: VERDICT_VERSION, ...verdict };
}

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
  const problem = problemOf(value);
  if (problem === undefined) {
    // As it was written: the schema would put the fields in another order.
    const { version: _, ...verdict } = value as VerdictFile;
    return verdict;
  }
  const message = `The verdict is not of version ${VERDICT_VERSION}: ${problem}.`;
  throw new AuditError("ERR_ARGUMENT", message, { argument: "verdict" });
}

function problemOf(value: unknown): string | undefined {
  const version = z.object({ version: z.literal(VERDICT_VERSION) }).safeParse(value);
  const [issue] = [
    ...(version.error?.issues ?? []),
    ...(fleetVerdictSchema.safeParse(value).error?.issues ?? []),
  ];
  return issue && `${issue.path.map(String).join(".") || "it"} ${issue.message}`;
}

/** JSON Schema of a verdict as JSON, for programs that read it. Fields that are not named here may come. */
export function verdictSchema(): JsonSchema {
  const { $schema: _, ...schema } = z.toJSONSchema(fleetVerdictSchema, { io: "input" });
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: "Verdict of an audit gate",
    description: "What `auditgate check --format json` writes, version 1.",
    ...schema,
    properties: {
      version: { const: VERDICT_VERSION, description: "Version of the form." },
      ...schema.properties,
    },
    required: ["version", ...(schema.required ?? [])],
  };
}
