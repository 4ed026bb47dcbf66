import { AuditError } from "../errors.ts";
import { fieldsOf, type Field, snakeCase } from "../field.ts";
import { settings } from "./settings.ts";
import type { Settings } from "./settings.types.ts";

/** A setting's name; members of an object setting are written `assumeRole.agencyName`. */
export type SettingName =
  | Exclude<keyof Settings, "assumeRole" | "endpoints">
  | `assumeRole.${keyof NonNullable<Settings["assumeRole"]>}`
  | `endpoints.${keyof NonNullable<Settings["endpoints"]>}`;

/** A value and where it came from, for messages: `HW_REGION_NAME`, `option region`. */
export interface Found {
  readonly value: string;
  readonly origin: string;
}

/** One place that settings can come from. Values are texts; {@link integerOf} and {@link booleanOf} read them. */
export interface Layer {
  find(name: SettingName): Found | undefined;
}

interface FlatSetting {
  readonly name: SettingName;
  readonly field: Field;
}

const flatSettings: readonly FlatSetting[] = fieldsOf(settings).flatMap((field) =>
  field.kind.type === "object"
    ? field.kind.fields.map((member) => ({
        name: `${field.name}.${member.name}` as SettingName,
        field: member,
      }))
    : [{ name: field.name as SettingName, field }],
);

/** Settings given by a program; `originOf` says what they are called there: `option region`, `auditgate:region`. */
export function settingsLayer(values: Settings, originOf: (name: SettingName) => string): Layer {
  return {
    find(name) {
      const [outer, inner] = name.split(".") as [keyof Settings, string | undefined];
      const value: unknown = values[outer];
      const leaf: unknown =
        inner === undefined ? value : (value as { readonly [name: string]: unknown } | undefined)?.[inner];
      const text = scalarText(leaf);
      return text === undefined ? undefined : { value: text, origin: originOf(name) };
    },
  };
}

function scalarText(value: unknown): string | undefined {
  return ["string", "number", "boolean"].includes(typeof value)
    ? String(value as string | number | boolean)
    : undefined;
}

/** Values found in one entry of a file. */
export function entryLayer(values: { readonly [name in SettingName]?: unknown }, source: string): Layer {
  return {
    find(name) {
      const text = scalarText(values[name]);
      return text ? { value: text, origin: `${name} of ${source}` } : undefined;
    },
  };
}

/** Environment variables by name, as in `process.env`. */
export interface Environment {
  readonly [name: string]: string | undefined;
}

/** Name of the variable that holds a setting: `AUDITGATE_` and the Terraform argument in capitals. */
export function environmentName(name: SettingName): string {
  return `AUDITGATE_${snakeCase(name).replace(".", "_").toUpperCase()}`;
}

/**
 * The environment as layers: ours, Huawei's, the SDKs', OpenStack's. They are layers of their own so that a
 * credential is never put together from two vendors' variables unless one alone does not hold it.
 */
export function environmentLayers(env: Environment): readonly Layer[] {
  return ["AUDITGATE_", "HW_", "HUAWEICLOUD_SDK_", "OS_"].map((prefix) => {
    const variables = new Map(
      flatSettings.map(({ name, field }) => [
        name,
        [environmentName(name), ...field.env].filter((variable) => variable.startsWith(prefix)),
      ]),
    );
    return {
      find(name) {
        for (const origin of variables.get(name) ?? []) {
          const value = env[origin];
          if (value) return { value, origin };
        }
        return undefined;
      },
    };
  });
}

/** The first layer's value that there is. */
export function pick(layers: readonly Layer[], name: SettingName): Found | undefined {
  for (const layer of layers) {
    const found = layer.find(name);
    if (found) return found;
  }
  return undefined;
}

/** @throws {AuditError} `ERR_CONFIG` if the text is not a whole number from `min` to `max`. */
export function integerOf(found: Found, min: number, max: number): number {
  const value = Number(found.value);
  if (/^\d+$/.test(found.value) && value >= min && value <= max) return value;
  throw new AuditError(
    "ERR_CONFIG",
    `${found.origin} must be a whole number from ${min} to ${max}, not "${found.value}".`,
  );
}

/** @throws {AuditError} `ERR_CONFIG` if the text is neither a yes nor a no. */
export function booleanOf(found: Found): boolean {
  if (/^(?:true|1|yes|on)$/i.test(found.value)) return true;
  if (/^(?:false|0|no|off)$/i.test(found.value)) return false;
  throw new AuditError("ERR_CONFIG", `${found.origin} must be true or false, not "${found.value}".`);
}
