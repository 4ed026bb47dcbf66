import * as z from "zod";
import { gatePolicy } from "../gate/policy/policy.ts";
import { settings } from "../settings/settings.ts";
import { POLICY_VERSION } from "./policy-file.ts";
import { targetName } from "./target.ts";

type JsonSchema = z.core.JSONSchema.JSONSchema;

/** Notes of a declaration that are no part of a JSON Schema. */
const NOTES = ["aliases", "env", "expected", "secret"] as const;

/** JSON Schema of a policy file, for editors: what stands where, and what is meant by it. */
export function policySchema(): JsonSchema {
  const policy = schemaOf(gatePolicy);
  const target = schemaOf(settings);
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: "Policy of an audit gate",
    description:
      "What the audit trails of DWS clusters and DDS instances must be like, and where they are judged.",
    ...policy,
    properties: {
      $schema: { type: "string", description: "Address of this schema." },
      version: { const: POLICY_VERSION, description: "Version of the file's form." },
      targets: {
        type: "array",
        minItems: 1,
        description:
          "Places that the policy is judged in; the one that the environment names if absent. `${NAME}` in a text stands for a variable of the environment.",
        items: {
          ...target,
          properties: { name: schemaOf(targetName), ...target.properties },
          required: ["name"],
        },
      },
      ...policy.properties,
    },
    required: ["version"],
  };
}

function schemaOf(type: z.ZodType): JsonSchema {
  const { $schema: _, ...schema } = z.toJSONSchema(type, {
    io: "input",
    override({ jsonSchema }) {
      for (const note of NOTES) delete jsonSchema[note];
    },
  });
  return schema;
}
