import { toUSVString } from "node:util";
import { Decoder, Encoder, ExtData, ExtensionCodec } from "@msgpack/msgpack";
import {
  Decimal,
  Dynamic,
  isList,
  isObject,
  UNKNOWN,
  ValueError,
  type Path,
  type Type,
  type Value,
} from "../schema/value.ts";

// go-cty writes an unknown value as extension 0, and one of which it knows something (not null, a prefix, a range)
// as extension 12. What it knows is advice; we only ask whether a value is known.
const extensions = new ExtensionCodec();
for (const type of [0, 12]) extensions.register({ type, encode: () => null, decode: () => UNKNOWN });
const UNKNOWN_BYTES = new ExtData(0, new Uint8Array(1));

const encoder = new Encoder({ extensionCodec: extensions });
// Strings are taken as bytes, for the library's own decoding loses a leading U+FEFF of long strings; keys get a
// prefix, for it refuses the key `__proto__`.
const decoder = new Decoder({
  extensionCodec: extensions,
  useBigInt64: true,
  rawStrings: true,
  keyDecoder: {
    canBeCached: () => true,
    decode: (bytes, offset, length) => `.${utf8(bytes.subarray(offset, offset + length))}`,
  },
});

function utf8(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("utf8");
}

/**
 * The value that msgpack `bytes` hold, by its type, as go-cty writes it.
 *
 * @throws {ValueError} where the bytes do not fit the type.
 */
export function decodeValue(bytes: Uint8Array, type: Type): Value {
  return fromMsgpack(decoder.decode(bytes), type, []);
}

function fromMsgpack(data: unknown, type: Type, path: Path): Value {
  if (data === null || data === UNKNOWN) return data;
  if (type === "string") return data instanceof Uint8Array ? utf8(data) : misfit(type, path);
  if (type === "bool") return typeof data === "boolean" ? data : misfit(type, path);
  if (type === "number") return tryNumber(data) ?? misfit(type, path);
  if (type === "dynamic") {
    if (!Array.isArray(data) || data.length !== 2 || !(data[0] instanceof Uint8Array))
      return misfit(type, path);
    const inner: Type = JSON.parse(utf8(data[0]));
    return new Dynamic(inner, fromMsgpack(data[1], inner, path));
  }
  if (type[0] === "map" || type[0] === "object") {
    if (typeof data !== "object" || Array.isArray(data)) return misfit(type, path);
    const object: { [name: string]: Value } = Object.create(null);
    for (const [key, item] of Object.entries(data)) {
      const name = key.slice(1);
      const itemPath = [...path, name];
      object[name] = fromMsgpack(
        item,
        type[0] === "map" ? type[1] : attributeType(type[1], name, itemPath),
        itemPath,
      );
    }
    return object;
  }
  if (!Array.isArray(data)) return misfit(type, path);
  return data.map((item, index) => fromMsgpack(item, elementType(type, index, path), [...path, index]));
}

function misfit(type: Type, path: Path): never {
  throw new ValueError(`expected ${typeof type === "string" ? type : type[0]}`, [...path]);
}

function attributeType(types: { readonly [name: string]: Type }, name: string, path: Path): Type {
  const type = Object.hasOwn(types, name) ? types[name] : undefined;
  if (type === undefined) throw new ValueError("not in the schema", path);
  return type;
}

function elementType(
  type: readonly ["list" | "set", Type] | readonly ["tuple", readonly Type[]],
  index: number,
  path: Path,
): Type {
  if (type[0] !== "tuple") return type[1];
  const element = type[1][index];
  if (element === undefined) throw new ValueError(`expected a tuple of ${type[1].length}`, path);
  return element;
}

// Fractions may arrive as decimal text, and so do integers of more than 64 bits.
function tryNumber(data: unknown): Value | undefined {
  if (typeof data === "number") return data;
  if (typeof data === "bigint") return Number.isSafeInteger(Number(data)) ? Number(data) : data;
  if (!(data instanceof Uint8Array)) return undefined;
  const text = utf8(data);
  if (/^-?\d+$/.test(text)) return tryNumber(BigInt(text));
  return String(Number(text)) === text ? Number(text) : new Decimal(text);
}

/**
 * Msgpack bytes of `value`, by its type, as go-cty reads them; attributes that an object does not have are null.
 *
 * @throws {ValueError} where the value does not fit the type: a bug of ours, for the engine would crash on it.
 */
export function encodeValue(value: Value, type: Type): Uint8Array {
  return encoder.encode(toMsgpack(value, type, []));
}

// One path array is shared and grown in place: results hold 100,000s of values, and few of them fail.
function toMsgpack(value: Value | undefined, type: Type, path: (string | number)[]): unknown {
  if (value === null || value === undefined) return null;
  if (value === UNKNOWN) return UNKNOWN_BYTES;
  if (type === "string") return typeof value === "string" ? toUSVString(value) : misfit(type, path);
  if (type === "bool") return typeof value === "boolean" ? value : misfit(type, path);
  if (type === "number") return tryNumberText(value) ?? misfit(type, path);
  if (type === "dynamic") {
    if (!(value instanceof Dynamic)) return misfit(type, path);
    return [Buffer.from(JSON.stringify(value.type)), toMsgpack(value.value, value.type, path)];
  }
  if (type[0] === "map") {
    if (!isObject(value)) return misfit(type, path);
    const data: { [name: string]: unknown } = Object.create(null);
    for (const [name, item] of Object.entries(value)) data[name] = inside(path, name, item, type[1]);
    return data;
  }
  if (type[0] === "object") {
    if (!isObject(value)) return misfit(type, path);
    const data: { [name: string]: unknown } = Object.create(null);
    for (const name of Object.keys(value)) attributeType(type[1], name, [...path, name]);
    for (const [name, itemType] of Object.entries(type[1])) {
      data[name] = inside(path, name, Object.hasOwn(value, name) ? value[name] : null, itemType);
    }
    return data;
  }
  if (!isList(value)) return misfit(type, path);
  if (type[0] === "tuple" && type[1].length !== value.length) return misfit(type, path);
  return value.map((item, index) => inside(path, index, item, elementType(type, index, path)));
}

function inside(
  path: (string | number)[],
  key: string | number,
  item: Value | undefined,
  type: Type,
): unknown {
  path.push(key);
  const data = toMsgpack(item, type, path);
  path.pop();
  return data;
}

// All numbers travel as decimal text. Engines read the numbers in their state files so, and with more bits than
// those in msgpack: read differently, a number in an output would never equal itself (Terraform 1.11 then says 2 to
// every `plan -refresh-only -detailed-exitcode`), nor would our 0.1 equal the 0.1 of a configuration's author.
function tryNumberText(value: Value): string | undefined {
  if (value instanceof Decimal) return value.text;
  if (typeof value === "number" && !Number.isFinite(value)) return undefined;
  if (typeof value !== "number" && typeof value !== "bigint") return undefined;
  // Above 2^53 the shortest text of a double is not the integer that it holds.
  return String(Number.isInteger(value) ? BigInt(value) : value);
}
