import { AuditError, type Field, fieldsOf, type Settings, settings } from "@auditgate/core";

/** Namespace of the configuration keys: `auditgate:region`. */
export const NAMESPACE = "auditgate";

/** The configuration key of a setting; members of an object are written `endpoints.dws`. */
export function keyOf(name: string): string {
  return `${NAMESPACE}:${name}`;
}

/** Every setting, as a configuration key has it. */
export const settingFields: readonly Field[] = fieldsOf(settings);

/** Looks up `auditgate:<name>`; Pulumi's configuration holds texts, structured values as JSON. */
export type Lookup = (name: string) => string | undefined;

/**
 * The settings that a configuration holds.
 *
 * @throws {AuditError} `ERR_CONFIG` for a value that is no number, boolean or object where one is needed.
 */
export function settingsFrom(lookup: Lookup): Settings {
  const values: { [name: string]: unknown } = {};
  for (const field of settingFields) {
    const text: unknown = lookup(field.name);
    // An explicit provider's absent value arrives as null; an empty text is `pulumi config set` with nothing.
    if (text === undefined || text === null || text === "") continue;
    values[field.name] = typeof text === "string" ? valueOf(field, text) : text;
  }
  return values;
}

function valueOf(field: Field, text: string): unknown {
  if (field.kind.type === "string") return text;
  const value = tryParse(text);
  const type = field.kind.type === "integer" ? "number" : field.kind.type;
  if (typeof value === type && value !== null && !Array.isArray(value)) return value;
  throw new AuditError(
    "ERR_CONFIG",
    `${NAMESPACE}:${field.name} must be ${describe(field)}, not ${field.kind.type === "object" ? "a text" : JSON.stringify(text)}.`,
    { argument: field.name },
  );
}

function describe({ name, kind }: Field): string {
  if (kind.type === "integer") return "a whole number";
  if (kind.type === "boolean") return "true or false";
  const [member] = kind.type === "object" ? kind.fields : [];
  return `an object, as \`pulumi config set --path '${NAMESPACE}:${name}.${member?.name}' …\` makes it`;
}

function tryParse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
