import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { decodeValue, encodeValue } from "./dynamic-value.ts";
import { Decimal, Dynamic, hasUnknown, UNKNOWN, ValueError, type Type, type Value } from "../schema/value.ts";

interface Vector {
  readonly name: string;
  readonly type: Type;
  readonly msgpack: string;
  readonly value: unknown;
}

const vectors = readFileSync(join(__dirname, "fixtures", "cty-msgpack.jsonl"), "utf8")
  .trimEnd()
  .split("\n")
  .map((line): Vector => JSON.parse(line));

/** `value` in the notation of the vectors. */
function notation(value: Value): unknown {
  if (value === UNKNOWN) return { unknown: true };
  if (value instanceof Decimal) return { number: value.text };
  if (typeof value === "bigint" || typeof value === "number") return { number: plainDecimal(value) };
  if (value instanceof Dynamic) return { dynamic: value.type, value: notation(value.value) };
  if (Array.isArray(value)) return value.map(notation);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, notation(item)]));
}

// The vectors write 1e+25 out in full.
function plainDecimal(value: number | bigint): string {
  if (typeof value === "number" && Number.isInteger(value)) return BigInt(value).toString();
  return String(value);
}

/** Vectors state what is known about an unknown, and numbers in a text that may have another, equal form. */
function expected(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(expected);
  if (typeof value !== "object" || value === null) return value;
  if ("unknown" in value) return { unknown: true };
  if ("number" in value)
    return { number: String(value.number).replace(/^(-?\d+)$/, (digits) => BigInt(digits).toString()) };
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [name, name === "dynamic" ? item : expected(item)]),
  );
}

test.each(vectors.map((vector) => [vector.name, vector] as const))(
  "%s is read and written as the reference does",
  (_, vector) => {
    const value = decodeValue(Buffer.from(vector.msgpack, "base64"), vector.type);
    expect(notation(value)).toEqual(expected(vector.value));
    expect(notation(decodeValue(encodeValue(value, vector.type), vector.type))).toEqual(
      expected(vector.value),
    );
  },
);

const { typed } = fc.letrec<{ typed: readonly [Type, Value] }>((tie) => ({
  typed: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.string({ unit: "binary" }).map((text) => ["string", text] as const),
    fc
      .oneof(fc.integer(), fc.maxSafeInteger(), fc.double({ noNaN: true, noDefaultInfinity: true }))
      .map((n) => ["number", n === 0 ? 0 : n] as const),
    fc.bigInt({ min: 1n << 53n }).map((n) => ["number", n] as const),
    fc.boolean().map((flag) => ["bool", flag] as const),
    fc.constantFrom(...(["string", "number", "bool"] as const)).map((type) => [type, null] as const),
    fc.constantFrom(...(["string", ["list", "bool"]] as const)).map((type) => [type, UNKNOWN] as const),
    fc
      .tuple(tie("typed"), fc.nat(3))
      .map(([[type, value], length]) => [["list", type], Array<Value>(length).fill(value)] as const),
    fc
      .array(tie("typed"), { maxLength: 4 })
      .map((items) => [["tuple", items.map(([type]) => type)], items.map(([, value]) => value)] as const),
    fc.dictionary(fc.string(), tie("typed"), { maxKeys: 4 }).map((items) => {
      const types = Object.entries(items).map(([name, [type]]) => [name, type] as const);
      const values = Object.entries(items).map(([name, [, value]]) => [name, value] as const);
      return [["object", Object.fromEntries(types)], Object.fromEntries(values)] as const;
    }),
  ),
}));

test("random values survive a round trip", () => {
  fc.assert(
    fc.property(typed, ([type, value]) => {
      const again = decodeValue(encodeValue(value, type), type);
      expect(notation(again)).toEqual(notation(value));
      expect(hasUnknown(again)).toBe(hasUnknown(value));
    }),
    { numRuns: Number(process.env["AUDITGATE_PROPERTY_RUNS"] ?? 10_000) },
  );
});

test.each([65_535, 65_536, 70_000])("a string and a list of %d survive a round trip", (length) => {
  const text = "é".repeat(length);
  expect(decodeValue(encodeValue(text, "string"), "string")).toBe(text);
  const list = Array.from({ length }, (_, index) => index);
  expect(decodeValue(encodeValue(list, ["list", "number"]), ["list", "number"])).toEqual(list);
});

test("a long string keeps its byte order mark", () => {
  const text = `\ufeff${"x".repeat(500)}`;
  expect(decodeValue(encodeValue(text, "string"), "string")).toBe(text);
});

test("half a surrogate pair is sent as the replacement character, for Terraform takes UTF-8 only", () => {
  expect(decodeValue(encodeValue("a\ud800b", "string"), "string")).toBe("a\ufffdb");
});

test("a missing attribute is sent as null", () => {
  const type: Type = ["object", { a: "string", b: "number" }];
  expect(decodeValue(encodeValue({ a: "x" }, type), type)).toEqual({ a: "x", b: null });
});

test.each<[Type, Value, string]>([
  ["number", Number.NaN, "expected number"],
  ["number", Number.POSITIVE_INFINITY, "expected number"],
  ["string", 1, "expected string"],
  [["list", ["object", { a: "bool" }]], [{ a: true }, { a: "yes" }], "1.a: expected bool"],
  [["object", { a: "bool" }], { b: true }, "b: not in the schema"],
  [["tuple", ["bool"]], [true, true], "expected tuple"],
  ["dynamic", "x", "expected dynamic"],
])("a value that does not fit %j is refused by place", (type, value, message) => {
  expect(() => encodeValue(value, type)).toThrow(new ValueError(message, []));
});

test.each<[Type, Type, Value]>([
  ["bool", "string", "true"],
  ["string", "bool", true],
  ["number", "bool", true],
  [["list", "string"], "string", "x"],
  [["object", {}], ["object", { a: "bool" }], { a: true }],
  [
    ["tuple", ["bool"]],
    ["tuple", ["bool", "bool"]],
    [true, true],
  ],
])("bytes that do not fit %j are refused", (type, sentType, value) => {
  expect(() => decodeValue(encodeValue(value, sentType), type)).toThrow(ValueError);
});
