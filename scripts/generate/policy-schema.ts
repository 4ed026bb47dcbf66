import { policySchema } from "../../packages/core/src/policy-file/policy-schema.ts";
import type { GeneratedFile } from "./generated-file.ts";

/** The schema of policy files, which is part of core's package. */
export function policySchemaFile(): GeneratedFile {
  return { path: "packages/core/policy.schema.json", text: JSON.stringify(policySchema(), undefined, 2) };
}
