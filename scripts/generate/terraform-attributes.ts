import type { Attribute, Attributes, Limits } from "../../packages/terraform-provider/src/schema.ts";

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
  return Object.entries(attributes).flatMap(([name, { nested }]) => {
    if (!nested) return [];
    const inner = [...path, name];
    return [
      `<a id="${anchorOf(inner)}"></a>\n\n### Nested Schema for \`${inner.join(".")}\``,
      ...groups(nested.attributes, "####", inner),
      ...nestedSections(nested.attributes, inner),
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
    ...(attribute.nested ? [`See [its attributes](#${anchorOf([...path, name])}).`] : []),
  ];
  return `- \`${name}\` (${facts}) ${parts.join(" ")}`;
}

function typeOf(attribute: Attribute): string {
  if (attribute.nested) return attribute.nested.mode === "list" ? "Attributes List" : "Attributes";
  const { type } = attribute;
  return typeof type === "string" ? simpleTypeOf(type) : `List of ${simpleTypeOf(type[1])}`;
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

function anchorOf(path: readonly string[]): string {
  return `nestedatt--${path.join("--")}`;
}
