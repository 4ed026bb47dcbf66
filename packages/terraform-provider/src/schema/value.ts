/** A type of Terraform's language, in the JSON form in which schemas state it. */
export type Type =
  | "string"
  | "number"
  | "bool"
  | "dynamic"
  | readonly ["list" | "set", Type]
  | readonly ["map", Type]
  | readonly ["tuple", readonly Type[]]
  | readonly ["object", { readonly [name: string]: Type }];

/** A value that is known only after apply. */
export const UNKNOWN = Symbol("unknown");

/** A number that neither a JavaScript number nor a bigint holds exactly, as its decimal text. */
export class Decimal {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

/** A value of type `dynamic`, with the type it was given. */
export class Dynamic {
  readonly type: Type;
  readonly value: Value;
  constructor(type: Type, value: Value) {
    this.type = type;
    this.value = value;
  }
}

export type Value =
  | string
  | number
  | bigint
  | boolean
  | null
  | typeof UNKNOWN
  | Decimal
  | Dynamic
  | readonly Value[]
  | ObjectValue;
export type ObjectValue = { readonly [name: string]: Value };

/** A place in a value: attribute names and list indices. */
export type Path = readonly (string | number)[];

/** A value that does not fit its type. */
export class ValueError extends TypeError {
  readonly path: Path;
  constructor(message: string, path: Path) {
    super(path.length === 0 ? message : `${path.join(".")}: ${message}`);
    this.path = path;
  }
}

/** True where `value` is unknown, wholly or somewhere inside. */
export function hasUnknown(value: Value): boolean {
  if (value === UNKNOWN) return true;
  if (value instanceof Dynamic) return hasUnknown(value.value);
  if (typeof value !== "object" || value === null || value instanceof Decimal) return false;
  return Object.values(value).some(hasUnknown);
}

export function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}

export function isObject(value: Value): value is ObjectValue {
  return (
    typeof value === "object" &&
    value !== null &&
    !isList(value) &&
    !(value instanceof Decimal) &&
    !(value instanceof Dynamic)
  );
}
