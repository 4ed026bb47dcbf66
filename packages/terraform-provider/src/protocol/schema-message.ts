import {
  attributeType,
  type Attribute,
  type Attributes,
  isBlock,
  type ProviderSchema,
  type Schema,
} from "../schema/attribute.ts";
import {
  type GetProviderSchema_Response,
  type Schema as SchemaMessage,
  type Schema_Attribute,
  type Schema_Block,
  type Schema_NestedBlock,
  Schema_NestedBlock_NestingMode,
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
  return { block: blockMessage(description, attributes) };
}

function blockMessage(description: string, attributes: Attributes): Schema_Block {
  const entries = Object.entries(attributes);
  return {
    description,
    descriptionKind: StringKind.MARKDOWN,
    attributes: attributeMessages(entries.filter(([, attribute]) => !isBlock(attribute))),
    blockTypes: entries.flatMap(([name, attribute]) => nestedBlockMessages(name, attribute)),
  };
}

function nestedBlockMessages(typeName: string, attribute: Attribute): Schema_NestedBlock[] {
  const { nested, description } = attribute;
  if (!nested || !isBlock(attribute)) return [];
  const { LIST, SINGLE } = Schema_NestedBlock_NestingMode;
  const nesting = nested.mode === "list" ? LIST : SINGLE;
  return [{ typeName, nesting, block: blockMessage(description, nested.attributes) }];
}

function attributeMessages(attributes: readonly (readonly [string, Attribute])[]): Schema_Attribute[] {
  return attributes.map(([name, attribute]) => ({
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
  return { nestedType: { nesting, attributes: attributeMessages(Object.entries(attributes)) } };
}
