import { type Attributes, innerOf } from "../schema/attribute.ts";
import { isObject, type ObjectValue } from "../schema/value.ts";

/** Secrets that this process knows, and must not say. Nothing is meant to say them; this is for the day that something does. */
export interface Redaction {
  add(secrets: Iterable<string>): void;
  redact(text: string): string;
}

// Shorter ones would turn up in innocent text, and give themselves away by being redacted.
const SHORTEST = 6;

export function createRedaction(): Redaction {
  const known = new Set<string>();
  return {
    add(secrets) {
      for (const secret of secrets) {
        if (secret.length < SHORTEST) continue;
        known.add(secret);
        // As it stands in a log line.
        known.add(JSON.stringify(secret).slice(1, -1));
      }
    },
    redact(text) {
      let redacted = text;
      for (const secret of known) redacted = redacted.replaceAll(secret, "(sensitive)");
      return redacted;
    },
  };
}

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
