import { readFileSync } from "node:fs";
import { type Field, fieldsOf, type Kind } from "../../../packages/core/src/field.ts";
import { evidenceOptions } from "../../../packages/core/src/gate/evidence/evidence-options.ts";
import { gatePolicy } from "../../../packages/core/src/gate/policy/policy.ts";
import { gateAcknowledged, gateFacts, gateViolation } from "../../../packages/core/src/gate/verdict.ts";
import { queries } from "../../../packages/core/src/queries/index.ts";
import { readingFacts } from "../../../packages/core/src/reading/reading.ts";
import type { GeneratedFile } from "../generated-file.ts";
import { typeName } from "../interface.ts";
import { table, withParts } from "../parts.ts";
import { readArguments } from "./types.ts";
import { settingsTable } from "../settings-table.ts";

const README = "packages/pulumi-provider/README.md";

/** The parts of the Pulumi package's README that are derived: an example's file, the settings, the declarations. */
export function pulumiReadme(): readonly GeneratedFile[] {
  const configuration = settingsTable("key", "auditgate:");
  const parts = { example: example("pulumi-outputs"), gate: example("pulumi-gate"), configuration };
  return [withParts(README, { ...parts, reference: [...reference(), gateReference()].join("\n\n") })];
}

function example(name: string): string {
  return `\`\`\`ts\n${readFileSync(`examples/${name}/index.ts`, "utf8").trim()}\n\`\`\``;
}

function reference(): readonly string[] {
  return Object.values(queries).map((query) => {
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
  });
}

/** What a gate of Pulumi gives out. */
const OUTPUTS: readonly string[] = [
  "passed",
  "violations",
  "acknowledged",
  "evidenceDigest",
  "verdictDigest",
];

function gateReference(): string {
  const policy = fieldsOf(gatePolicy);
  const scope = readArguments.filter(({ name }) => name === "region" || name === "projectId");
  const outputs = fieldsOf(gateFacts).filter(({ name }) => OUTPUTS.includes(name));
  const checks = [
    "`checks?`",
    "GateCheck[]",
    "Rules of the program's own, made by `gateCheck`. They can stand alone.",
  ];
  return [
    "### AuditGate",
    "Fails preview and up, with the reasons, while the audit trail is not as its arguments demand.",
    table(HEAD, [
      ...[...policy, ...scope, ...fieldsOf(evidenceOptions)].map((field) => row(field, true)),
      checks,
    ]),
    ...policy.flatMap(({ name, kind }) =>
      kind.type === "list" && kind.of.type === "object"
        ? [`\`${name}[]\`:`, members(kind.of.fields, true)]
        : [],
    ),
    "Outputs:",
    table(
      HEAD,
      outputs.map((field) => row(field, false)),
    ),
    "`violations[]`, `GateViolation`:",
    members(fieldsOf(gateViolation), false),
    "`acknowledged[]`, `GateAcknowledged`:",
    members(fieldsOf(gateAcknowledged), false),
  ].join("\n\n");
}

const HEAD = ["name", "type", "what it is"];

/** A table of fields and of those inside them. */
function members(fields: readonly Field[], optional: boolean): string {
  const all = fields.flatMap((field) => [
    row(field, optional),
    ...nested(field).map((inner) => row(inner, optional, field)),
  ]);
  return table(HEAD, all);
}

function row(field: Field, optional: boolean, parent?: Field): string[] {
  const place = parent ? `${parent.name}${parent.kind.type === "list" ? "[]" : ""}.` : "";
  const type = typeOf(field.kind) + (field.nullable ? ", null" : "");
  const mark = field.required || !optional ? "" : "?";
  return [`\`${place}${field.name}${mark}\``, type, field.description];
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
