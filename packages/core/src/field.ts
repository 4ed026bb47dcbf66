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
    fields = objectFields(typed(schema));
    known.set(schema, fields);
  }
  return fields;
}

// By zod's own definitions: a JSON Schema of each declaration was a third of the time that core took to load.
function objectFields(schema: z.core.$ZodTypes): readonly Field[] {
  const { def } = schema._zod;
  if (def.type !== "object") throw new TypeError(`fields of ${def.type}: only an object has any`);
  return Object.entries(def.shape).map(([name, property]) => {
    const { value, meta, nullable } = unwrapped(typed(property));
    const { description, aliases = [], secret = false, env = [] } = meta;
    if (!description?.endsWith(".")) throw new TypeError(`field ${name} has no description`);
    return {
      name,
      wireName: snakeCase(name),
      kind: kindOf(name, value),
      required: property._zod.optin === undefined,
      nullable,
      description,
      aliases,
      secret,
      env,
      ...(value._zod.def.type === "enum" && { values: Object.values(value._zod.def.entries).map(String) }),
    };
  });
}

interface Unwrapped {
  readonly value: z.core.$ZodTypes;
  /** Of the value and of all that was around it, the outermost first. */
  readonly meta: FieldMeta & { readonly description?: string | undefined };
  readonly nullable: boolean;
}

function unwrapped(schema: z.core.$ZodTypes): Unwrapped {
  const meta: Unwrapped["meta"] = z.globalRegistry.get(schema) ?? {};
  const { def } = schema._zod;
  if (def.type !== "optional" && def.type !== "nullable") return { value: schema, meta, nullable: false };
  const inner = unwrapped(typed(def.innerType));
  return {
    value: inner.value,
    meta: { ...inner.meta, ...meta },
    nullable: inner.nullable || def.type === "nullable",
  };
}

function kindOf(name: string, schema: z.core.$ZodTypes): Kind {
  const { def } = schema._zod;
  switch (def.type) {
    case "string":
    case "enum":
      return { type: "string" };
    case "boolean":
      return { type: "boolean" };
    case "array":
      return { type: "list", of: kindOf(name, typed(def.element)) };
    case "object":
      return { type: "object", fields: objectFields(schema) };
    case "number":
      if ("format" in def && def.format === "safeint") return { type: "integer" };
      break;
    default:
  }
  throw new TypeError(`field ${name} is of a kind that no adapter can express: ${def.type}`);
}

/** Zod's types do not say that a schema is one of the kinds there are. */
function typed(schema: z.core.$ZodType): z.core.$ZodTypes {
  return schema as z.core.$ZodTypes;
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
