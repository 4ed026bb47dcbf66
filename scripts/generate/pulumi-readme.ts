import { readFileSync } from "node:fs";
import { type Field, fieldsOf, type Kind } from "../../packages/core/src/field.ts";
import { queries } from "../../packages/core/src/queries/index.ts";
import { readingFacts } from "../../packages/core/src/reading.ts";
import type { GeneratedFile } from "../generate.ts";
import { typeName } from "./interface.ts";
import { table, withParts } from "./parts.ts";
import { readArguments } from "./pulumi-types.ts";
import { settingsTable } from "./settings-table.ts";

const README = "packages/pulumi-provider/README.md";

/** The parts of the Pulumi package's README that are derived: an example's file, the settings, the declarations. */
export function pulumiReadme(): readonly GeneratedFile[] {
  const configuration = settingsTable("key", "auditgate:");
  return [withParts(README, { example: example(), configuration, reference: reference() })];
}

function example(): string {
  return `\`\`\`ts\n${readFileSync("examples/pulumi-outputs/index.ts", "utf8").trim()}\n\`\`\``;
}

function reference(): string {
  return Object.values(queries)
    .map((query) => {
      const name = typeName(query.name);
      const facts = fieldsOf(readingFacts);
      return [
        `### ${name}, get${name}, get${name}Output`,
        `${query.description} ([vendor's page](${query.source}))`,
        "Arguments:",
        members([...fieldsOf(query.args), ...readArguments], true),
        "Outputs, beside the arguments:",
        members(facts, false),
        `\`records\`, \`${name}Record[]\`:`,
        members(fieldsOf(query.record), false),
        `\`summary\`, \`${name}Summary\`:`,
        members(fieldsOf(query.summary), false),
      ].join("\n\n");
    })
    .join("\n\n");
}

function members(fields: readonly Field[], optional: boolean): string {
  const rows = fields.flatMap((field) => [row(field), ...nested(field).map((inner) => row(inner, field))]);
  return table(["name", "type", "what it is"], rows);

  function row(field: Field, parent?: Field): string[] {
    const place = parent ? `${parent.name}${parent.kind.type === "list" ? "[]" : ""}.` : "";
    const type = typeOf(field.kind) + (field.nullable ? ", null" : "");
    const mark = field.required || !optional ? "" : "?";
    return [`\`${place}${field.name}${mark}\``, type, field.description];
  }
}

function nested({ kind }: Field): readonly Field[] {
  const object = kind.type === "list" ? kind.of : kind;
  return object.type === "object" ? object.fields : [];
}

function typeOf(kind: Kind): string {
  switch (kind.type) {
    case "integer":
      return "number";
    case "list":
      return `${typeOf(kind.of)}[]`;
    default:
      return kind.type;
  }
}
