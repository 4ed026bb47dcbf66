import * as z from "zod";

/** What a field holds. */
export type Kind =
  | { readonly type: "string" | "integer" | "boolean" }
  | { readonly type: "list"; readonly of: Kind }
  | { readonly type: "object"; readonly fields: readonly Field[] };

/** One named value of a declaration: the only description of it that schemas, types, documents and codecs use. */
export interface Field {
  /** camelCase, as in TypeScript and Pulumi. */
  readonly name: string;
  /** snake_case, as on the wire and in Terraform. */
  readonly wireName: string;
  /** Type of the value. */
  readonly kind: Kind;
  /** True where the value cannot be absent. */
  readonly required: boolean;
  /** True where the value can be null. */
  readonly nullable: boolean;
  /** Noun phrase ending in a period, unit in brackets. */
  readonly description: string;
  /** Other names the value has had on the wire. */
  readonly aliases: readonly string[];
  /** True where the value is a secret. */
  readonly secret: boolean;
  /** Environment variables that may hold the value, in order. */
  readonly env: readonly string[];
  /** The only values there are, where that is so. */
  readonly values?: readonly string[];
}

/** Facts about a field that a zod schema has no place for; given with `.meta()`. */
export interface FieldMeta {
  readonly aliases?: readonly string[];
  readonly secret?: boolean;
  readonly env?: readonly string[];
  /** What a text that does not match its pattern should have been: completes "must be". */
  readonly expected?: string;
}

interface JsonSchema extends FieldMeta {
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly enum?: readonly string[];
  readonly properties?: { readonly [name: string]: JsonSchema };
  readonly required?: readonly string[];
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
}

// A declaration never changes, and every reading asks for the fields of two.
const known = new WeakMap<z.ZodType, readonly Field[]>();

/**
 * The fields of an object schema, in the order they are declared.
 *
 * @throws {TypeError} for a kind that has no meaning here, or a field without a description, by name.
 */
export function fieldsOf(schema: z.ZodType): readonly Field[] {
  let fields = known.get(schema);
  if (!fields) {
    fields = objectFields(z.toJSONSchema(schema, { io: "input" }) as JsonSchema);
    known.set(schema, fields);
  }
  return fields;
}

function objectFields(schema: JsonSchema): readonly Field[] {
  return Object.entries(schema.properties ?? {}).map(([name, property]) => {
    const { description } = property;
    if (!description?.endsWith(".")) throw new TypeError(`field ${name} has no description`);
    const { value, nullable } = withoutNull(property);
    return {
      name,
      wireName: snakeCase(name),
      kind: kindOf(name, value),
      required: schema.required?.includes(name) ?? false,
      nullable,
      description,
      aliases: property.aliases ?? [],
      secret: property.secret ?? false,
      env: property.env ?? [],
      ...(value.enum && { values: value.enum }),
    };
  });
}

// zod writes "or null" as a second type, or as a second alternative where the first is an object.
function withoutNull(schema: JsonSchema): { value: JsonSchema; nullable: boolean } {
  const types = [schema.type ?? []].flat();
  if (types.includes("null")) {
    const [type = "null", ...others] = types.filter((candidate) => candidate !== "null");
    return { value: { ...schema, type: others.length === 0 ? type : types }, nullable: true };
  }
  const [value, ...others] = schema.anyOf?.filter((alternative) => alternative.type !== "null") ?? [schema];
  const nullable = schema.anyOf !== undefined && others.length === 0 && schema.anyOf.length === 2;
  return { value: nullable && value ? value : schema, nullable };
}

function kindOf(name: string, schema: JsonSchema): Kind {
  switch (schema.type) {
    case "string":
    case "integer":
    case "boolean":
      return { type: schema.type };
    case "array":
      return { type: "list", of: kindOf(name, schema.items ?? {}) };
    case "object":
      return { type: "object", fields: objectFields(schema) };
    default:
      throw new TypeError(
        `field ${name} is of a kind that no adapter can express: ${JSON.stringify(schema.type)}`,
      );
  }
}

/** `failedReason` → `failed_reason`. */
export function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

const EXPECTED_ID = "an id: letters, digits, `-` and `_`, at most 128";

/** Schema of a vendor's id: no template, path or text that was meant for something else. */
export const id = z
  .string()
  .min(1, { error: "must not be empty", abort: true })
  .regex(/^[\w-]{1,128}$/, { error: `must be ${EXPECTED_ID}` })
  .meta({ expected: EXPECTED_ID } satisfies FieldMeta);
