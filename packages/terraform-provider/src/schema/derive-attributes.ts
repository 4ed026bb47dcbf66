import type { Field, Kind } from "@auditgate/core";
import {
  type Attribute,
  type Attributes,
  type AttributeShape,
  type SimpleType,
  snakeCase,
} from "./attribute.ts";

/** How the attributes of one group come by their values. */
type Role = "argument" | "result";

type Variables = typeof variablesOf;

const code = (name: string) => `\`${name}\``;

/** Attributes of a declaration's fields, with what it says of them. */
export function attributesOf(
  fields: readonly Field[],
  role: Role,
  variables: Variables = () => [],
  parent?: Field,
): Attributes {
  return Object.fromEntries(
    fields.map((field): [string, Attribute] => {
      const env = variables(field, parent);
      const own = inSnakeCase(field.description);
      const shape = shapeOf(field, role, (inner) => attributesOf(inner, role, variables, field));
      const description = shape.keys ? `${own} Keys: ${Object.keys(shape.keys).map(code).join(", ")}.` : own;
      const facts = {
        description:
          env.length > 0 ? `${description} Environment: ${env.map(code).join(", ")}.` : description,
        ...(role === "result"
          ? { computed: true as const }
          : field.required
            ? { required: true as const }
            : { optional: true as const }),
        ...(field.secret && { sensitive: true as const }),
        ...(env.length > 0 && { env }),
      };
      return [field.wireName, { ...facts, ...shape }];
    }),
  );
}

function inSnakeCase(description: string): string {
  return description.replaceAll(/`[a-z]+(?:[A-Z][a-z]+)+`/g, snakeCase);
}

function shapeOf(
  field: Field,
  role: Role,
  attributes: (fields: readonly Field[]) => Attributes,
): AttributeShape {
  const { kind } = field;
  if (kind.type === "object") {
    const inner = attributes(kind.fields);
    return role === "argument" && kind.fields.every((one) => one.kind.type === "string" && !one.required)
      ? { type: ["map", "string"], keys: inner }
      : { nested: { mode: "single", attributes: inner } };
  }
  if (kind.type !== "list") return { type: simpleType(field.name, kind) };
  if (kind.of.type === "object") return { nested: { mode: "list", attributes: attributes(kind.of.fields) } };
  return { type: ["list", simpleType(field.name, kind.of)] };
}

function simpleType(name: string, kind: Kind): SimpleType {
  switch (kind.type) {
    case "string":
      return "string";
    case "integer":
      return "number";
    case "boolean":
      return "bool";
    default:
      throw new TypeError(`field ${name} is of a kind that has no simple type in Terraform: ${kind.type}`);
  }
}

/** Environment variables that stand for an argument of the provider. */
export function variablesOf(field: Field, parent: Field | undefined): readonly string[] {
  if (field.kind.type === "object") return [];
  // An endpoint's own variable is in its declaration, as it is not named after the argument.
  if (parent?.name === "endpoints") return field.env;
  return [`AUDITGATE_${parent ? `${parent.wireName}_` : ""}${field.wireName}`.toUpperCase(), ...field.env];
}
