import type { Settings } from "@auditgate/core";
import { type Attributes, camelCase, innerOf } from "../schema/attribute.ts";
import { isObject, type ObjectValue, UNKNOWN } from "../schema/value.ts";

/** Top-level arguments that are unknown, wholly or in part. */
export function unknownSettings(config: ObjectValue): readonly string[] {
  return Object.entries(config)
    .filter(([, value]) => value === UNKNOWN || (isObject(value) && unknownSettings(value).length > 0))
    .map(([name]) => name);
}

/** The provider's configuration under core's names; what is not set is left to the environment. */
export function toSettings(attributes: Attributes, config: ObjectValue): Settings {
  const settings: { [name: string]: unknown } = {};
  for (const [name, attribute] of Object.entries(attributes)) {
    const value = config[name] ?? null;
    if (value === null) continue;
    const inner = innerOf(attribute);
    settings[camelCase(name)] = inner && isObject(value) ? toSettings(inner, value) : value;
  }
  return settings;
}
