import { type Attributes, innerOf } from "../schema/attribute.ts";
import { isObject, type ObjectValue } from "../schema/value.ts";

/** Values of the sensitive attributes of a configuration. */
export function secretsOf(attributes: Attributes, config: ObjectValue): readonly string[] {
  return Object.entries(attributes).flatMap(([name, attribute]) => {
    const value = config[name] ?? null;
    const inner = innerOf(attribute);
    if (inner && isObject(value)) return secretsOf(inner, value);
    return attribute.sensitive && typeof value === "string" ? [value] : [];
  });
}

/** Values of the environment variables that stand for sensitive attributes. */
export function secretsInEnvironment(attributes: Attributes, env: NodeJS.ProcessEnv): readonly string[] {
  return Object.values(attributes)
    .filter(({ sensitive }) => sensitive)
    .flatMap((attribute) => attribute.env ?? [])
    .flatMap((name) => env[name] ?? []);
}
