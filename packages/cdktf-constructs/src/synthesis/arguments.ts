import {
  type Attribute,
  type Attributes,
  camelCase,
  innerOf,
  isArgument,
  isBlock,
} from "@auditgate/terraform-provider/schema";
import { listMapper, Token, Tokenization } from "cdktf";

/** Values by their name in Terraform; what is undefined is left out of the synthesized configuration. */
export interface TerraformArguments {
  readonly [name: string]: unknown;
}

/** What the configuration says, under Terraform's names. Tokens pass through as they are. */
export function toTerraform(attributes: Attributes, inputs: object): TerraformArguments {
  return mapInputs(attributes, inputs, (attribute, value) => {
    const inner = innerOf(attribute);
    if (!inner) return value;
    // What an iterator makes of a block is another thing than what it makes of a value.
    const given: unknown = isBlock(attribute) ? listMapper((block) => block, true)(value) : value;
    return mapNested(given, (object) => toTerraform(inner, object));
  });
}

/** The same for `cdktf synth --hcl`: its renderer wants to know the type of a value, and takes maps as they are. */
export function toHcl(attributes: Attributes, inputs: object): TerraformArguments {
  return mapInputs(attributes, inputs, (attribute, value) => {
    const { nested, keys, type } = attribute;
    if (value === undefined || Tokenization.isResolvable(value)) return value;
    if (keys) return mapNested(value, (object) => toTerraform(keys, object));
    if (!nested) return { value, isBlock: false, ...hclType(type) };
    return {
      value: mapNested(value, (object) => toHcl(nested.attributes, object)),
      isBlock: true,
      type: nested.mode === "list" ? "list" : "struct",
      storageClassType: nested.mode === "list" ? "blockList" : "block",
    };
  });
}

/** Names of sensitive arguments that were given as literals. A token is not one: what it stands for is decided elsewhere. */
export function literalSecrets(attributes: Attributes, inputs: object): readonly string[] {
  return Object.entries(attributes).flatMap(([name, attribute]) => {
    const value: unknown = Reflect.get(inputs, camelCase(name));
    const inner = innerOf(attribute);
    if (inner) return isPlain(value) ? literalSecrets(inner, value) : [];
    return attribute.sensitive && typeof value === "string" && !Token.isUnresolved(value)
      ? [camelCase(name)]
      : [];
  });
}

function mapInputs(
  attributes: Attributes,
  inputs: object,
  convert: (attribute: Attribute, value: unknown) => unknown,
): TerraformArguments {
  // Looked up by name, as an object of a class may have some of them in its prototype.
  return Object.fromEntries(
    Object.entries(attributes)
      .filter(([, attribute]) => isArgument(attribute))
      .map(([name, attribute]) => [name, convert(attribute, Reflect.get(inputs, camelCase(name)))]),
  );
}

function mapNested(value: unknown, convert: (object: object) => TerraformArguments): unknown {
  if (Array.isArray(value)) return value.map((item: unknown) => mapNested(item, convert));
  return isPlain(value) ? convert(value) : value;
}

function isPlain(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Tokenization.isResolvable(value);
}

function hclType(type: NonNullable<Attribute["type"]>): {
  readonly type: string;
  readonly storageClassType: string;
} {
  switch (type) {
    case "string":
    case "number":
      return { type: "simple", storageClassType: type };
    case "bool":
      return { type: "simple", storageClassType: "boolean" };
    default:
      return { type: "list", storageClassType: type[1] === "bool" ? "booleanList" : `${type[1]}List` };
  }
}
