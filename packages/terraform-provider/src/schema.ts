/**
 * What a configuration can say to this provider, free of the engines' protocol: for bindings and documents.
 *
 * @packageDocumentation
 */
export {
  type Attribute,
  type AttributeFacts,
  type Attributes,
  type AttributeShape,
  attributeType,
  camelCase,
  innerOf,
  isArgument,
  isBlock,
  type Limits,
  objectType,
  type ProviderSchema,
  type Schema,
  type SimpleType,
  snakeCase,
} from "./schema/attribute.ts";
export { providerSchema } from "./schema/gen/schema.ts";
export type { Type } from "./schema/value.ts";
