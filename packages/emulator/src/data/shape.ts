/** A value that does not fit, where it is, and what would be right. */
export class Misfit extends Error {
  constructor(path: string, expected: string, found: unknown) {
    super(`${path === "" ? "the value" : path}: expected ${expected}, found ${describe(found)}`);
    this.name = "Misfit";
  }
}

/** Throws a {@link Misfit} unless the value fits. */
export type Shape = (value: unknown, path: string) => void;

/** Text, or one of some texts. */
export function text(...allowed: readonly string[]): Shape {
  return (value, path) => {
    const expected =
      allowed.length === 0 ? "a text" : allowed.map((choice) => JSON.stringify(choice)).join(" or ");
    if (typeof value !== "string" || (allowed.length > 0 && !allowed.includes(value)))
      throw new Misfit(path, expected, value);
  };
}

/** Text of a form that `expected` describes. */
export function textLike(pattern: RegExp, expected: string): Shape {
  return (value, path) => {
    if (typeof value !== "string" || !pattern.test(value)) throw new Misfit(path, expected, value);
  };
}

/** A whole number from `least` to `most`. */
export function whole(least: number, most = Number.MAX_SAFE_INTEGER): Shape {
  return (value, path) => {
    if (!Number.isInteger(value) || Number(value) < least || Number(value) > most)
      throw new Misfit(path, `a whole number from ${least} to ${most}`, value);
  };
}

/** `true` or `false`. */
export const yesOrNo: Shape = (value, path) => {
  if (typeof value !== "boolean") throw new Misfit(path, "true or false", value);
};

/** Anything. */
export const anything: Shape = () => undefined;

/** A list whose items all have one shape. */
export function list(item: Shape): Shape {
  return (value, path) => {
    if (!Array.isArray(value)) throw new Misfit(path, "a list", value);
    for (const [index, found] of value.entries()) item(found, `${path}[${index}]`);
  };
}

/** Null or a shape. */
export function nullable(shape: Shape): Shape {
  return (value, path) => {
    if (value !== null) shape(value, path);
  };
}

/** The first of several shapes that fits the kind of value; the error is the last one's. */
export function either(...shapes: readonly Shape[]): Shape {
  return (value, path) => {
    for (const [index, shape] of shapes.entries()) {
      try {
        shape(value, path);
        return;
      } catch (error) {
        if (index === shapes.length - 1) throw error;
      }
    }
  };
}

/**
 * An object with these keys, `?` at the end of those that may be missing.
 *
 * @param others - Shape of keys that are not named; without it they are refused.
 */
export function object(keys: Readonly<Record<string, Shape>>, others?: Shape): Shape {
  const shapes = new Map(Object.entries(keys).map(([key, shape]) => [key.replace(/\?$/, ""), shape]));
  const required = Object.keys(keys).filter((key) => !key.endsWith("?"));
  return (value, path) => {
    if (typeof value !== "object" || value === null || Array.isArray(value))
      throw new Misfit(path, "an object", value);
    for (const key of required) {
      const found: unknown = Object.hasOwn(value, key) ? (value as Record<string, unknown>)[key] : undefined;
      if (found === undefined) shapes.get(key)?.(undefined, join(path, key));
    }
    for (const [key, found] of Object.entries(value)) {
      const shape = shapes.get(key) ?? others;
      if (shape === undefined)
        throw new Misfit(join(path, key), `one of the keys ${[...shapes.keys()].join(", ")}`, key);
      if (found !== undefined) shape(found, join(path, key));
    }
  };
}

/** Texts as keys, each with a value of one shape. */
export function mapOf(shape: Shape): Shape {
  return object({}, shape);
}

function join(path: string, key: string): string {
  return path === "" ? key : `${path}.${key}`;
}

function describe(value: unknown): string {
  if (value === undefined) return "nothing";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object" && value !== null) return "an object";
  const shown = JSON.stringify(value);
  return shown.length > 60 ? `${shown.slice(0, 60)}…` : shown;
}
