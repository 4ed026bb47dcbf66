import { verdictSchema } from "../../packages/core/src/fleet/verdict-file.ts";
import { policySchema } from "../../packages/core/src/policy-file/policy-schema.ts";
import type { GeneratedFile } from "./generated-file.ts";

/** The schemas of policy files, and of verdicts as JSON, which are part of core's package. */
export function jsonSchemas(): readonly GeneratedFile[] {
  return Object.entries({ policy: policySchema(), verdict: verdictSchema() }).map(([name, schema]) => ({
    path: `packages/core/${name}.schema.json`,
    text: JSON.stringify(schema, undefined, 2),
  }));
}
