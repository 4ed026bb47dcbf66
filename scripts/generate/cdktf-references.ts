import {
  type Attribute,
  type Attributes,
  camelCase,
} from "../../packages/terraform-provider/src/schema/attribute.ts";
import { typeName } from "./interface.ts";

/** Classes that stand for nested attributes in expressions, innermost first. */
export function references(owner: string, attributes: Attributes): readonly string[] {
  return Object.entries(attributes).flatMap(([key, { nested, description }]) => {
    if (!nested) return [];
    const name = nestedName(owner, key);
    const members = Object.entries(nested.attributes);
    const parameters = nested.mode === "list" ? ", index: number, fromSet: boolean" : "";
    return [
      ...references(name, nested.attributes),
      `/** ${description} */
      export class ${name}OutputReference extends ComplexObject {
        ${members.flatMap(([inner, attribute]) => nestedField(name, inner, attribute)).join("")}
        constructor(parent: IInterpolatingParent, attribute: string${parameters}) {
          super(parent, attribute, ${nested.mode === "list" ? "fromSet, index" : "false"});
        }
        ${members.map(([inner, attribute]) => (attribute.nested ? "" : getter(inner, attribute))).join("")}
      }\n\n`,
      ...(nested.mode === "list" ? [listOf(name, description)] : []),
    ];
  });
}

function listOf(name: string, description: string): string {
  return `/** ${description} */
    export class ${name}List extends ComplexList {
      constructor(parent: IInterpolatingParent, attribute: string, wrapsSet: boolean) {
        super(parent, attribute, wrapsSet);
      }

      /**
       * One element.
       *
       * @param index - Position, from 0.
       */
      get(index: number): ${name}OutputReference {
        return new ${name}OutputReference(this.terraformResource, this.terraformAttribute, index, this.wrapsSet);
      }
    }\n\n`;
}

/** The field that holds a nested attribute; nothing for a simple one. */
export function nestedField(
  owner: string,
  key: string,
  { nested, description }: Attribute,
): readonly string[] {
  if (!nested) return [];
  const name = nestedName(owner, key);
  const [type, last] = nested.mode === "list" ? [`${name}List`, ", false"] : [`${name}OutputReference`, ""];
  return [
    `/** ${description} */\nreadonly ${camelCase(key)}: ${type} = new ${type}(this, "${key}"${last});\n`,
  ];
}

/** The accessor of a simple attribute. */
export function getter(key: string, attribute: Attribute, as?: string): string {
  const { type, call } = reading(attribute);
  return `
    /** ${attribute.description} */
    get ${camelCase(key)}(): ${as ?? type} { return this.${call}("${key}"); }
  `;
}

function reading({ type }: Attribute): { readonly type: string; readonly call: string } {
  switch (type) {
    case "string":
      return { type: "string", call: "getStringAttribute" };
    case "number":
      return { type: "number", call: "getNumberAttribute" };
    case "bool":
      return { type: "IResolvable", call: "getBooleanAttribute" };
    default:
      if (type?.[0] === "list" && type[1] === "string") return { type: "string[]", call: "getListAttribute" };
      if (type?.[0] === "map") return { type: "{ [key: string]: string }", call: "getStringMapAttribute" };
      throw new TypeError(`no accessor for an attribute of type ${JSON.stringify(type)}`);
  }
}

/** The class or interface of a nested attribute, without its suffix. */
export function nestedName(owner: string, key: string): string {
  return `${owner}${typeName(key)}`;
}
