import {
  type Attribute,
  type Attributes,
  innerOf,
  isBlock,
  type Limits,
} from "../../../packages/terraform-provider/src/schema/attribute.ts";

const GROUPS = ["Required", "Optional", "Read-Only"] as const;

/** The schema section of a page, nested attributes in sections of their own, as `tfplugindocs` prints them. */
export function attributeList(attributes: Attributes): string {
  return ["## Schema", ...groups(attributes, "###", []), ...nestedSections(attributes, [])].join("\n\n");
}

function groups(attributes: Attributes, heading: string, path: readonly string[]): string[] {
  return GROUPS.flatMap((group) => {
    const lines = Object.entries(attributes)
      .filter(([, attribute]) => groupOf(attribute) === group)
      .map(([name, attribute]) => line(name, attribute, path));
    return lines.length === 0 ? [] : [[`${heading} ${group}`.trim(), lines.join("\n")].join("\n\n")];
  });
}

function nestedSections(attributes: Attributes, path: readonly string[]): string[] {
  return Object.entries(attributes).flatMap(([name, attribute]) => {
    const inner = innerOf(attribute);
    if (!inner) return [];
    const place = [...path, name];
    return [
      `<a id="${anchorOf(attribute, place)}"></a>\n\n### Nested Schema for \`${place.join(".")}\``,
      ...groups(inner, "####", place),
      ...nestedSections(inner, place),
    ];
  });
}

function groupOf({ required, optional }: Attribute): (typeof GROUPS)[number] {
  if (required) return "Required";
  return optional ? "Optional" : "Read-Only";
}

function line(name: string, attribute: Attribute, path: readonly string[]): string {
  const facts = [typeOf(attribute), ...(attribute.sensitive ? ["Sensitive"] : [])].join(", ");
  const parts = [
    attribute.description,
    ...(attribute.limits ? limitsOf(attribute, attribute.limits) : []),
    ...(innerOf(attribute)
      ? [`See [its ${partsOf(attribute)}](#${anchorOf(attribute, [...path, name])}).`]
      : []),
  ];
  return `- \`${name}\` (${facts}) ${parts.join(" ")}`;
}

function typeOf(attribute: Attribute): string {
  if (attribute.nested) {
    const what = isBlock(attribute) ? "Block" : "Attributes";
    return attribute.nested.mode === "list" ? `${what} List` : what;
  }
  const { type } = attribute;
  if (typeof type === "string") return simpleTypeOf(type);
  return `${type[0] === "map" ? "Map" : "List"} of ${simpleTypeOf(type[1])}`;
}

function partsOf(attribute: Attribute): string {
  if (attribute.keys) return "keys";
  return isBlock(attribute) ? "arguments" : "attributes";
}

function simpleTypeOf(type: "string" | "number" | "bool"): string {
  switch (type) {
    case "string":
      return "String";
    case "number":
      return "Number";
    case "bool":
      return "Boolean";
  }
}

/** What a known value must keep to, in sentences, unless its description says so. That a text is not empty is no news. */
function limitsOf({ type, description }: Attribute, limits: Limits): string[] {
  const { integer, minimum, maximum, minItems, values = [], format } = limits;
  const bounds = [
    ...(minimum === undefined ? [] : [`at least ${minimum}`]),
    ...(maximum === undefined ? [] : [`at most ${maximum}`]),
  ].join(", ");
  const codes = values.map((value) => `\`${value}\``);
  return [
    ...(integer ? [`A whole number${bounds && `, ${bounds}`}.`] : bounds ? [`A number, ${bounds}.`] : []),
    ...(minItems ? [`${minItems} or more.`] : []),
    ...(codes.every((value) => description.includes(value)) ? [] : [`One of ${codes.join(", ")}.`]),
    ...(format === "uuid" ? [Array.isArray(type) ? "GUIDs." : "A GUID."] : []),
    ...(format === "endpoint" && !description.includes("host")
      ? ["A host, with scheme and port if need be."]
      : []),
  ];
}

function anchorOf(attribute: Attribute, path: readonly string[]): string {
  return [isBlock(attribute) ? "nestedblock" : "nestedatt", ...path].join("--");
}
