import { Misfit, object, text, type Shape } from "./data/shape.ts";
import type { IdTokenOptions } from "./data/id-token-options.ts";

const seconds: Shape = (value, path) => {
  if (!Number.isInteger(value)) throw new Misfit(path, "a whole number of seconds", value);
};

const shape = object({ "provider?": text(), "seconds?": seconds, "audience?": text() });

/**
 * What `POST /_emulator/id-tokens` asks for.
 *
 * @throws {Misfit} With the place inside the JSON and what would be right there.
 */
export function idTokenOptions(value: unknown): IdTokenOptions {
  assertOptions(value);
  return value;
}

function assertOptions(value: unknown): asserts value is IdTokenOptions {
  shape(value, "");
}
