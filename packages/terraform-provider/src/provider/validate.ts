import { errorDiagnostic } from "./diagnostics.ts";
import type { Diagnostic } from "../protocol/gen/tfplugin6.ts";
import { type Attribute, type Attributes, type Limits } from "../schema/attribute.ts";
import {
  Decimal,
  isList,
  isObject,
  type ObjectValue,
  type Path,
  UNKNOWN,
  type Value,
} from "../schema/value.ts";

/**
 * Errors in the values of a configuration that are known, as far as that can be told from the schema alone: the
 * rest is checked when something is read.
 */
export function validateConfig(attributes: Attributes, config: Value): Diagnostic[] {
  if (!isObject(config)) return [];
  return Object.entries(attributes).flatMap(([name, attribute]) => [
    ...flaws([name], attribute, config[name] ?? null),
    ...conflicts(name, attribute, config).map((detail) =>
      errorDiagnostic({ summary: `Invalid value of ${name}`, detail, attribute: [name] }),
    ),
  ]);
}

/** What is wrong with an attribute for another one's sake. An unknown value may turn out to be null. */
function conflicts(name: string, { limits = {} }: Attribute, config: ObjectValue): readonly string[] {
  const { excludes = [], goesWith } = limits;
  const isSet = (other: string) => (config[other] ?? null) !== null && config[other] !== UNKNOWN;
  if (!isSet(name)) return [];
  const found = excludes.filter(isSet);
  if (found.length > 0)
    return [`${name} cannot be set beside ${found.join(" and ")}: remove one or the other.`];
  return goesWith !== undefined && (config[goesWith] ?? null) === null
    ? [`${name} goes with ${goesWith}, which is not set.`]
    : [];
}

// Null and unknown values have no type of these, so they pass. Engines find nothing inside of a map: `at` ends there.
function flaws(path: Path, attribute: Attribute, value: Value, at = path): Diagnostic[] {
  const { nested, keys } = attribute;
  if (keys && isObject(value)) {
    return [
      ...strangeKeys(path, keys, value).map((detail) => invalid(at, detail)),
      ...Object.entries(keys).flatMap(([key, known]) => flaws([...path, key], known, value[key] ?? null, at)),
    ];
  }
  if (!nested) return valueFlaws(placeOf(path), attribute, value).map((detail) => invalid(at, detail));
  return isList(value)
    ? value.flatMap((item, index) => objectFlaws([...path, index], nested.attributes, item))
    : objectFlaws(path, nested.attributes, value);
}

function objectFlaws(path: Path, attributes: Attributes, value: Value): Diagnostic[] {
  if (!isObject(value)) return [];
  return Object.entries(attributes).flatMap(([name, attribute]) =>
    flaws([...path, name], attribute, value[name] ?? null),
  );
}

function strangeKeys(path: Path, keys: Attributes, value: ObjectValue): readonly string[] {
  const known = Object.keys(keys).map((key) => JSON.stringify(key));
  return Object.keys(value)
    .filter((key) => !Object.hasOwn(keys, key))
    .map(
      (key) => `The keys of ${placeOf(path)} are ${known.join(", ")}; there is no ${JSON.stringify(key)}.`,
    );
}

function invalid(path: Path, detail: string): Diagnostic {
  return errorDiagnostic({ summary: `Invalid value of ${path[0]}`, detail, attribute: path });
}

/** `rules[0].cluster_ids`. */
function placeOf(path: Path): string {
  return path
    .map((step, index) => (typeof step === "number" ? `[${step}]` : `${index > 0 ? "." : ""}${step}`))
    .join("");
}

function valueFlaws(name: string, attribute: Attribute, value: Value): readonly string[] {
  const { limits = {}, sensitive = false } = attribute;
  if (!isList(value)) return flawOf(name, limits, value, sensitive);
  const { minItems = 0 } = limits;
  if (value.length < minItems)
    return [`${name} must have at least ${minItems === 1 ? "one element" : `${minItems} elements`}.`];
  return value.flatMap((item, index) => flawOf(`${name}[${index}]`, limits, item, sensitive));
}

function flawOf(name: string, limits: Limits, value: Value, sensitive: boolean): readonly string[] {
  const flaw =
    typeof value === "string"
      ? textFlaw(limits, value)
      : typeof value === "number"
        ? numberFlaw(limits, value)
        : typeof value === "bigint" || value instanceof Decimal
          ? numberFlaw(limits, Number.NaN)
          : undefined;
  if (flaw === undefined) return [];
  const given = value === "" || sensitive ? "" : `, not ${shown(value)}`;
  return [`${name} must be ${flaw}${given}.`];
}

function shown(value: Value): string {
  if (value instanceof Decimal) return value.text;
  return typeof value === "bigint" ? String(value) : JSON.stringify(value);
}

function textFlaw({ minLength = 0, format, pattern, values }: Limits, text: string): string | undefined {
  if (values && !values.includes(text)) return values.map((value) => JSON.stringify(value)).join(" or ");
  if (text.length < minLength) return "a text that is not empty";
  if (pattern && !new RegExp(pattern.source).test(text)) return pattern.expected;
  if (format === "uuid" && !/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(text)) {
    return "a GUID, such as 7d85f602-a948-4a30-afd4-e84f47471c15";
  }
  if (format === "endpoint" && !isEndpoint(text)) {
    return "a host or an https URL without a path, such as https://iam.eu-de.otc.t-systems.com";
  }
  return undefined;
}

// The same as core asks of endpoints, but said at the place in the configuration.
function isEndpoint(text: string): boolean {
  const written = /^[a-z][a-z\d+.-]*:\/\//i.test(text) ? text : `https://${text}`;
  if (!URL.canParse(written)) return false;
  const { protocol, hostname, pathname, username, password, search, hash } = new URL(written);
  const isLoopback = /^(localhost|\[::1\]|127(\.\d{1,3}){3})$/.test(hostname);
  const isSafe = protocol === "https:" || (protocol === "http:" && isLoopback);
  return (
    isSafe &&
    hostname !== "" &&
    /^\/(v3(\.0)?\/?)?$/.test(pathname) &&
    `${username}${password}${search}${hash}` === ""
  );
}

function numberFlaw(
  { integer, minimum = -Infinity, maximum = Infinity }: Limits,
  number: number,
): string | undefined {
  if (!integer || (Number.isSafeInteger(number) && number >= minimum && number <= maximum)) return undefined;
  if (Number.isFinite(maximum)) return `a whole number from ${minimum} to ${maximum}`;
  return Number.isFinite(minimum) ? `a whole number of at least ${minimum}` : "a whole number";
}
