import {
  attributeType,
  type Attribute,
  type Attributes,
  type ProviderSchema,
  type Schema,
} from "../schema/attribute.ts";
import {
  type GetProviderSchema_Response,
  type Schema as SchemaMessage,
  type Schema_Attribute,
  Schema_Object_NestingMode,
  StringKind,
} from "./gen/tfplugin6.ts";

/** The schema as the protocol states it. */
export function schemaMessage({
  provider,
  dataSources,
  ephemeralResources,
}: ProviderSchema): GetProviderSchema_Response {
  return {
    provider: toMessage(provider),
    dataSourceSchemas: toMessages(dataSources),
    ephemeralResourceSchemas: toMessages(ephemeralResources),
  };
}

function toMessages(schemas: { readonly [typeName: string]: Schema }): { [typeName: string]: SchemaMessage } {
  return Object.fromEntries(
    Object.entries(schemas).map(([typeName, schema]) => [typeName, toMessage(schema)]),
  );
}

function toMessage({ description, attributes }: Schema): SchemaMessage {
  return {
    block: { description, descriptionKind: StringKind.MARKDOWN, attributes: attributeMessages(attributes) },
  };
}

function attributeMessages(attributes: Attributes): Schema_Attribute[] {
  return Object.entries(attributes).map(([name, attribute]) => ({
    name,
    description: attribute.description,
    descriptionKind: StringKind.MARKDOWN,
    required: attribute.required,
    optional: attribute.optional,
    computed: attribute.computed,
    sensitive: attribute.sensitive,
    ...shapeMessage(attribute),
  }));
}

function shapeMessage(attribute: Attribute): Pick<Schema_Attribute, "type" | "nestedType"> {
  if (!attribute.nested) return { type: Buffer.from(JSON.stringify(attributeType(attribute))) };
  const { mode, attributes } = attribute.nested;
  const nesting = mode === "list" ? Schema_Object_NestingMode.LIST : Schema_Object_NestingMode.SINGLE;
  return { nestedType: { nesting, attributes: attributeMessages(attributes) } };
}
