import { type Attribute, type Attributes, camelCase, type Limits } from "./attribute.ts";

/** JSON Schema of one argument, as far as Terraform has a use for it. */
interface JsonSchema {
  readonly type?: unknown;
  readonly properties?: { readonly [name: string]: JsonSchema | boolean };
  readonly items?: unknown;
  readonly minItems?: number;
  readonly enum?: readonly unknown[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly format?: string;
  readonly pattern?: string;
  /** What the pattern means. */
  readonly expected?: string;
}

/** Attributes with what their declarations say of values, beyond the type. */
export function withLimits(attributes: Attributes, schema: JsonSchema, parent?: string): Attributes {
  const { properties = {} } = schema;
  return Object.fromEntries(
    Object.entries(attributes).map(([name, attribute]): [string, Attribute] => {
      const declared = properties[camelCase(name)];
      if (typeof declared !== "object") return [name, attribute];
      if (attribute.keys) return [name, { ...attribute, keys: withLimits(attribute.keys, declared, name) }];
      if (attribute.nested) {
        const { mode, attributes: inner } = attribute.nested;
        return [
          name,
          { ...attribute, nested: { mode, attributes: withLimits(inner, elementOf(declared), name) } },
        ];
      }
      const limits = {
        ...limitsOf(elementOf(declared), parent === "endpoints" || name === "auth_url"),
        ...(declared.minItems !== undefined && { minItems: declared.minItems }),
      };
      return [name, Object.keys(limits).length > 0 ? { ...attribute, limits } : attribute];
    }),
  );
}

/** What is declared of each element of a list, or of the value itself where it is none. */
function elementOf(declared: JsonSchema): JsonSchema {
  return typeof declared.items === "object" && declared.items !== null ? declared.items : declared;
}

/** @throws {TypeError} for a format that nobody checks. */
function limitsOf(declared: JsonSchema, isEndpoint: boolean): Limits {
  const { type, minimum, maximum, minLength, format, pattern, expected } = declared;
  const values = declared.enum?.filter((value) => typeof value === "string");
  if (format !== undefined && format !== "uuid")
    throw new TypeError(`no check is known for the format ${format}`);
  return {
    ...(type === "integer" && { integer: true as const }),
    // The safe integers' bounds are what zod writes where nothing is declared.
    ...(minimum !== undefined && minimum > Number.MIN_SAFE_INTEGER && { minimum }),
    ...(maximum !== undefined && maximum < Number.MAX_SAFE_INTEGER && { maximum }),
    ...(minLength !== undefined && { minLength }),
    ...(values && { values }),
    ...(format && { format }),
    ...(pattern !== undefined && expected !== undefined && { pattern: { source: pattern, expected } }),
    ...(isEndpoint && { format: "endpoint" as const }),
  };
}
