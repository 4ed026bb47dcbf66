import { AuditError } from "../errors.ts";
import type { Field, Kind } from "../field.ts";

/** Arguments as they travel: labels of the path and parameters of the query. */
export interface EncodedArgs {
  /** Texts of the labels of the path, by their names in snake_case. */
  readonly labels: { readonly [name: string]: string };
  /** Parameters of the query, in the order of the declaration. */
  readonly parameters: readonly (readonly [name: string, value: string])[];
  /** Parameter that asks for all enterprise projects, where the region knows them and `parameters` does not have it. */
  readonly enterpriseProjectParameter?: string | undefined;
}

/** Splits validated arguments into the labels that `path` has and query parameters, in snake_case. */
export function encodeArgs(path: string, fields: readonly Field[], args: object): EncodedArgs {
  const values = new Map<string, string | number | undefined>(Object.entries(args));
  const labels: { [name: string]: string } = {};
  const parameters: [string, string][] = [];
  for (const { name, wireName } of fields) {
    const value = values.get(name);
    if (value === undefined) continue;
    if (path.includes(`{${wireName}}`)) labels[wireName] = String(value);
    else parameters.push([wireName, String(value)]);
  }
  return { labels, parameters };
}

/** For a number beyond 2^53, which `JSON.parse` may have rounded: the text has to be parsed exactly. */
export class RoundedError extends AuditError {}

/** Decodes the records of one query. */
export interface RecordDecoder<Row> {
  /**
   * @throws {AuditError} `ERR_RESPONSE` where a value is not what the declaration says, naming it; {@link RoundedError}
   *   for a number beyond 2^53.
   */
  decode(value: unknown, index: number): Row;
  /** Keys seen that the declaration does not know. */
  readonly unknownKeys: ReadonlySet<string>;
}

/** A decoder that renames exactly the declared fields; absent ones become null, new ones are noted and dropped. */
export function recordDecoder<Row>(fields: readonly Field[]): RecordDecoder<Row> {
  const known = new Set(fields.flatMap(({ wireName, aliases }) => [wireName, ...aliases]));
  const unknownKeys = new Set<string>();
  return {
    unknownKeys,
    decode(value, index) {
      if (!isObject(value)) throw broken(`record ${index}`, "is not an object");
      const row: { [name: string]: unknown } = {};
      for (const field of fields) row[field.name] = decodeField(field, value, index);
      for (const key in value) if (!known.has(key)) unknownKeys.add(key);
      return row as Row;
    },
  };
}

function decodeField(field: Field, source: { readonly [key: string]: unknown }, index: number): unknown {
  let value = source[field.wireName];
  for (const alias of field.aliases) value ??= source[alias];
  if (value === undefined || value === null) return field.kind.type === "list" ? [] : null;
  return decodeValue(field, field.kind, value, index);
}

function decodeValue(field: Field, kind: Kind, value: unknown, index: number): unknown {
  if (Number.isInteger(value) && !Number.isSafeInteger(value)) throw beyond(index, field, value);
  switch (kind.type) {
    case "string":
      // The documents' own example has an integer for an id that they declare a string.
      if (typeof value === "string") return value;
      if (typeof value === "number" || typeof value === "bigint" || typeof value === "boolean")
        return String(value);
      break;
    case "integer":
      if (typeof value === "string" && /^-?\d{1,15}$/.test(value)) return Number(value);
      if (typeof value === "bigint") throw beyond(index, field, value);
      if (Number.isSafeInteger(value)) return value;
      break;
    case "list":
      if (Array.isArray(value))
        return inOneOrder(value.map((item) => decodeValue(field, kind.of, item, index)));
      break;
    case "object":
      if (isObject(value)) {
        return Object.fromEntries(kind.fields.map((inner) => [inner.name, decodeField(inner, value, index)]));
      }
      break;
    default:
      break;
  }
  throw broken(`record ${index}`, `has a ${field.wireName} that is no ${kind.type}: ${describeValue(value)}`);
}

function isObject(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

// A service may list nodes or tags in any order; the same ones must make the same record.
function inOneOrder(items: readonly unknown[]): readonly unknown[] {
  return items
    .map((item) => [JSON.stringify(item), item] as const)
    .toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .map(([, item]) => item);
}

/** A value of an answer in a few words, for messages; deep ones are not looked into. */
export function describeValue(value: unknown): string {
  return Array.isArray(value)
    ? "a list"
    : typeof value === "object"
      ? "an object"
      : `${typeof value} ${JSON.stringify(value).slice(0, 40)}`;
}

function beyond(index: number, { wireName }: Field, value: unknown): AuditError {
  const what = `has a ${wireName} beyond 2^53, ${String(value)}, which cannot be given exactly`;
  return broken(`record ${index}`, what, RoundedError);
}

function broken(where: string, what: string, Kind = AuditError): AuditError {
  return new Kind("ERR_RESPONSE", `The response is not what the vendor documents: ${where} ${what}.`);
}
