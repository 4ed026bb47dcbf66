import { environmentName } from "../../packages/core/src/settings/layer.ts";
import { type Field, fieldsOf } from "../../packages/core/src/field.ts";
import { settings } from "../../packages/core/src/settings/settings.ts";
import { table } from "./parts.ts";

/** Every setting, what it is, and the variables that hold it; `prefix` stands before its name. */
export function settingsTable(head: string, prefix = ""): string {
  const rows = fieldsOf(settings).flatMap((field) =>
    field.kind.type === "object"
      ? field.kind.fields.map((member) => setting(member, `${field.name}.${member.name}`))
      : [setting(field, field.name)],
  );
  return table([head, "what it is", "environment"], rows);

  function setting({ description, secret, env }: Field, name: string): string[] {
    const variables = new Set([environmentName(name as Parameters<typeof environmentName>[0]), ...env]);
    return [
      `\`${prefix}${name}\``,
      description + (secret ? " Secret." : ""),
      [...variables].map((variable) => `\`${variable}\``).join(", "),
    ];
  }
}
