import type { Type } from "./value.ts";

/** Terraform's simple types; `number` stands for a whole number where {@link Limits.integer} says so. */
export type SimpleType = "string" | "number" | "bool";

/**
 * What a known value must keep to, beyond its type: all of it can be checked without asking anyone. Of a list of a
 * simple type, what each element must keep to.
 */
export interface Limits {
  /** A whole number. */
  readonly integer?: true;
  /** Least that the number may be. */
  readonly minimum?: number;
  /** Most that the number may be. */
  readonly maximum?: number;
  /** Least that the text may have [characters]. */
  readonly minLength?: number;
  /** Elements that a list has at least. */
  readonly minItems?: number;
  /** The only values there are. */
  readonly values?: readonly string[];
  /** `uuid`: 32 hexadecimal digits in five groups; `endpoint`: a host, with scheme and port if need be. */
  readonly format?: "uuid" | "endpoint";
  /** A regular expression, and in words what matches it. */
  readonly pattern?: { readonly source: string; readonly expected: string };
  /** Attributes that cannot be set beside this one. */
  readonly excludes?: readonly string[];
  /** Attribute that must be set with this one. */
  readonly goesWith?: string;
  /** Of a block, what it demands something by: it has at least one of these. */
  readonly demands?: readonly string[];
}

/** What is said about an attribute, whatever its type. */
export interface AttributeFacts {
  /** Markdown; a noun phrase ending in a period. */
  readonly description: string;
  /** The configuration must set it. */
  readonly required?: true;
  /** The configuration may set it. */
  readonly optional?: true;
  /** The provider sets it, where the configuration does not. */
  readonly computed?: true;
  /** Not shown by the engines. */
  readonly sensitive?: true;
  /** What a known value must keep to. */
  readonly limits?: Limits;
  /** Environment variables that stand for it where the configuration does not set it, in order. */
  readonly env?: readonly string[];
}

/**
 * A simple type, a list of one, a map of one with the only keys that it may have, or an object (or a list of objects)
 * with attributes of its own.
 */
export type AttributeShape =
  | {
      readonly type: SimpleType | readonly ["list", SimpleType];
      readonly nested?: never;
      readonly keys?: never;
    }
  | { readonly type: readonly ["map", SimpleType]; readonly keys: Attributes; readonly nested?: never }
  | {
      readonly nested: { readonly mode: "single" | "list"; readonly attributes: Attributes };
      readonly type?: never;
      readonly keys?: never;
    };

/** One attribute of a schema: a value, nested attributes, or a {@link isBlock block}. */
export type Attribute = AttributeFacts & AttributeShape;

/** Attributes by their name in snake_case, in the order in which to document them. */
export interface Attributes {
  /** One of them. */
  readonly [name: string]: Attribute;
}

/** The provider's configuration, or one of its data sources or ephemeral resources. */
export interface Schema {
  /** Markdown. */
  readonly description: string;
  /** Arguments, and what is read. */
  readonly attributes: Attributes;
  /** Blocks of which there is at least one. */
  readonly demands?: readonly string[];
}

/** Everything a configuration can say to this provider. Data sources and ephemeral resources by their full type name. */
export interface ProviderSchema {
  /** The provider's own configuration. */
  readonly provider: Schema;
  /** Read in every plan, and kept in the state. */
  readonly dataSources: { readonly [typeName: string]: Schema };
  /** Read in every plan and apply, and kept nowhere. */
  readonly ephemeralResources: { readonly [typeName: string]: Schema };
}

/** True where the configuration may set it. */
export function isArgument({ required, optional }: AttributeFacts): boolean {
  return required === true || optional === true;
}

/**
 * True for an argument with arguments of its own: it is written as a block, for engines refuse what a block does not
 * know, and drop from an object what its type does not name.
 */
export function isBlock(attribute: Attribute): boolean {
  return attribute.nested !== undefined && isArgument(attribute);
}

/** What an attribute has inside: its own attributes, or its keys. */
export function innerOf({ nested, keys }: Attribute): Attributes | undefined {
  return nested?.attributes ?? keys;
}

/** The type of an object with these attributes. */
export function objectType(attributes: Attributes): Type {
  return [
    "object",
    Object.fromEntries(
      Object.entries(attributes).map(([name, attribute]) => [name, attributeType(attribute)]),
    ),
  ];
}

/** The type of one attribute. */
export function attributeType(attribute: Attribute): Type {
  if (!attribute.nested) return attribute.type;
  const object = objectType(attribute.nested.attributes);
  return attribute.nested.mode === "list" ? ["list", object] : object;
}

/** `failed_reason` → `failedReason`, the name in TypeScript. */
export function camelCase(name: string): string {
  let known = camelCased.get(name);
  if (known === undefined) {
    known = name.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
    camelCased.set(name, known);
  }
  return known;
}

// The schema's names are few, and every stack and reading asks for all of them many times.
const camelCased = new Map<string, string>();

/** `failedReason` → `failed_reason`, the name in Terraform. */
export function snakeCase(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
