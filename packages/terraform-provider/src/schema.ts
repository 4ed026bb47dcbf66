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
  type Limits,
  objectType,
  type ProviderSchema,
  type Schema,
  type SimpleType,
  snakeCase,
} from "./attribute.ts";
export { providerSchema } from "./gen/schema.ts";
export type { Type } from "./value.ts";
