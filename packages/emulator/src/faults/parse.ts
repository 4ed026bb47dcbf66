import {
  either,
  list,
  mapOf,
  Misfit,
  object,
  text,
  whole,
  yesOrNo,
  anything,
  nullable,
} from "../data/shape.ts";
import type { Fault } from "./fault.ts";
import { namedFaults } from "./names.ts";

const api = text(
  "dumps",
  "parameters",
  "logs",
  "clusters",
  "instances",
  "tokens",
  "projects",
  "keys",
  "metadata",
  "container",
  "unknown",
  "all",
);
const dialects = ["error_code", "errCode", "errorCode", "code", "error"];
const number = (value: unknown, path: string): void => {
  if (typeof value !== "number") throw new Misfit(path, "a number", value);
};

const shape = object({
  "on?": (value, path) => (Array.isArray(value) ? list(api) : api)(value, path),
  "path?": text(),
  "query?": mapOf(text()),
  "nth?": whole(1),
  "times?": whole(1),
  "delayMs?": whole(0),
  "connection?": text(
    "refuse",
    "reset",
    "close",
    "reset-in-headers",
    "reset-after-headers",
    "reset-in-body",
    "hang",
    "hang-after-headers",
    "hang-in-body",
  ),
  "forMs?": whole(0),
  "drip?": object({ bytes: whole(1), everyMs: whole(0) }),
  "status?": whole(200, 599),
  "body?": (value, path) =>
    (typeof value === "object"
      ? object({ text: text(), "type?": text() })
      : text(...dialects, "nested", "base64", "html", "null", "list", "empty"))(value, path),
  "code?": text(),
  "message?": text(),
  "headers?": mapOf(text()),
  "retryAfter?": either(object({ dateInSeconds: number }), text()),
  "encoding?": text("gzip", "gzip-damaged"),
  "truncate?": text("length", "chunked", "json"),
  "padBytes?": whole(0),
  "total?": either(
    object({ value: nullable(anything) }),
    object({ add: number }),
    object({ addEach: number }),
    text("absent"),
  ),
  "pageCap?": whole(1),
  "pages?": text("repeat", "empty"),
  "rows?": text("big-integers", "integer-ids", "no-ids", "extra-fields", "null-fields"),
  "order?": text("as-is", "newest", "oldest"),
  "window?": text("touching", "overlapping", "by-start", "by-start-exclusive", "by-end", "contained"),
  "insert?": whole(0),
  "remove?": whole(0),
  "clockSkewMs?": number,
  "expireTokens?": yesOrNo,
  "perSecond?": whole(1),
  "concurrent?": whole(1),
});

/**
 * Faults from JSON: one fault, the name of one, `{ "name": …, further fields }`, or a list of these.
 *
 * @throws {Misfit} With the place inside the JSON and what would be right there.
 */
export function parseFaults(value: unknown): Fault[] {
  return Array.isArray(value)
    ? value.map((item, index) => parseFault(item, `[${index}]`))
    : [parseFault(value, "")];
}

/** A fault as the command line takes it: a name, or JSON. */
export function parseFaultText(argument: string): Fault[] {
  const named = Object.hasOwn(namedFaults, argument);
  if (named || !/^\s*[[{]/.test(argument)) return parseFaults(argument);
  return parseFaults(JSON.parse(argument));
}

function parseFault(value: unknown, path: string): Fault {
  if (typeof value === "string") return named(value, path);
  const { name, ...fields } =
    typeof value === "object" && value !== null ? (value as { name?: unknown }) : {};
  const fault: unknown = name === undefined ? value : { ...named(name, path), ...fields };
  assertFault(fault, path);
  return fault;
}

function named(name: unknown, path: string): Fault {
  const fault = typeof name === "string" && Object.hasOwn(namedFaults, name) ? namedFaults[name] : undefined;
  if (fault === undefined)
    throw new Misfit(path, `a fault or the name of one (${Object.keys(namedFaults).join(", ")})`, name);
  return fault;
}

function assertFault(value: unknown, path: string): asserts value is Fault {
  shape(value, path);
}
