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

/** Whose word a source is: what one vendor's settings say is not for another vendor's credentials. */
export type Owner = "program" | "auditgate" | "huawei" | "openstack";

/** One place that settings can come from. Values are texts; {@link integerOf} and {@link booleanOf} read them. */
export interface Layer {
  readonly kind: "values" | "named profile" | "current profile";
  readonly owner: Owner;
  /** Such as `profile "prod" in …`, for a profile; the setting's own origin says it otherwise. */
  readonly label?: string | undefined;
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
    kind: "values",
    owner: "program",
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

/** Values found in one entry of a file; white space around them is not part of them. */
export function entryLayer(
  values: { readonly [name in SettingName]?: unknown },
  facts: Pick<Layer, "kind" | "owner"> & { readonly label: string },
): Layer {
  return {
    ...facts,
    find(name) {
      const text = scalarText(values[name])?.trim();
      return text ? { value: text, origin: `${name} of ${facts.label}` } : undefined;
    },
  };
}

/** Environment variables by name, as in `process.env`. */
export interface Environment {
  /** Undefined where the variable is not set. */
  readonly [name: string]: string | undefined;
}

/** Name of the variable that holds a setting: `AUDITGATE_` and the Terraform argument in capitals. */
export function environmentName(name: SettingName): string {
  return `AUDITGATE_${snakeCase(name).replace(".", "_").toUpperCase()}`;
}

const PREFIXES: readonly (readonly [prefix: string, owner: Owner])[] = [
  ["AUDITGATE_", "auditgate"],
  ["HW_", "huawei"],
  ["HUAWEICLOUD_SDK_", "huawei"],
  ["OS_", "openstack"],
];

/**
 * The environment as layers: ours, Huawei's, the SDKs', OpenStack's. They are layers of their own so that a
 * credential is never put together from two vendors' variables unless one alone does not hold it.
 */
export function environmentLayers(env: Environment): readonly [Layer, Layer, Layer, Layer] {
  return PREFIXES.map(([prefix, owner]): Layer => {
    const variables = new Map(
      flatSettings.map(({ name, field }) => [
        name,
        [environmentName(name), ...field.env].filter((variable) => variable.startsWith(prefix)),
      ]),
    );
    return {
      kind: "values",
      owner,
      find(name) {
        for (const origin of variables.get(name) ?? []) {
          const value = env[origin]?.trim();
          if (value) return { value, origin };
        }
        return undefined;
      },
    };
  }) as unknown as readonly [Layer, Layer, Layer, Layer];
}

/** A value that was chosen: under which of its spellings, and in the how manieth layer. */
export interface Choice extends Found {
  readonly name: SettingName;
  readonly rank: number;
}

/**
 * The first layer that has any of the spellings of one thing; within it, the spelling that comes first.
 *
 * @param from - The layer to begin with.
 */
export function pick(layers: readonly Layer[], names: readonly SettingName[], from = 0): Choice | undefined {
  for (const [rank, layer] of layers.entries()) {
    if (rank < from) continue;
    for (const name of names) {
      const found = layer.find(name);
      if (found) return { ...found, name, rank };
    }
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
