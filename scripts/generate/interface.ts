import type { Field, Kind } from "../../packages/core/src/field.ts";

/** `dds_audit_logs` → `DdsAuditLogs`. */
export function typeName(name: string): string {
  return name.replace(/(?:^|_)([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

/** Names of the interfaces of nested objects, by the field that holds them; others are written out in place. */
export interface NestedNames {
  readonly [field: string]: string;
}

/** Source of an interface with documented members. */
export function interfaceOf(
  name: string,
  description: string,
  fields: readonly Field[],
  names: NestedNames = {},
): string {
  return `/** ${description} */\nexport interface ${name} ${members(fields, names)}\n\n`;
}

function members(fields: readonly Field[], names: NestedNames): string {
  const lines = fields.map((field) => {
    const value =
      field.values?.map((text) => JSON.stringify(text)).join(" | ") ??
      typeOf(field.kind, names, names[field.name]);
    const type = value + (field.nullable ? " | null" : "") + (field.required ? "" : " | undefined");
    return `/** ${field.description} */\nreadonly ${field.name}${field.required ? "" : "?"}: ${type};`;
  });
  return `{\n${lines.join("\n")}\n}`;
}

function typeOf(kind: Kind, names: NestedNames, name?: string): string {
  switch (kind.type) {
    case "string":
    case "boolean":
      return kind.type;
    case "integer":
      return "number";
    case "list":
      return `readonly (${typeOf(kind.of, names, name)})[]`;
    case "object":
      return name ?? members(kind.fields, names);
  }
}
