import { AuditError } from "../errors.ts";

/**
 * JSON with integers beyond 2^53 as bigint, so that nothing is rounded; far slower than `JSON.parse`.
 *
 * @throws {AuditError} `ERR_RESPONSE` for a text nested deeper than can be looked through.
 */
export function parseExactly(text: string): unknown {
  try {
    return JSON.parse(text, exactInteger);
  } catch (cause) {
    // A reviver visits by recursion, `JSON.parse` alone does not.
    if (!(cause instanceof Error) || cause.name !== "RangeError") throw cause;
    throw new AuditError("ERR_RESPONSE", "The response is nested too deeply for numbers beyond 2^53.", {
      cause,
    });
  }
}

function exactInteger(_key: string, value: unknown, context?: { readonly source?: string }): unknown {
  return typeof value === "number" &&
    !Number.isSafeInteger(value) &&
    context?.source &&
    /^-?\d+$/.test(context.source)
    ? BigInt(context.source)
    : value;
}

/** Whether a JSON object has a name twice, of which `JSON.parse` would keep the last. */
export function namesTwice(text: string, name: string): boolean {
  const quoted = JSON.stringify(name);
  const first = text.indexOf(quoted);
  // Nearly always it stands there once, which costs little to see.
  if (first < 0 || text.indexOf(quoted, first + 1) < 0) return false;
  let found = 0;
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    switch (text[at]) {
      case "{":
      case "[":
        depth++;
        break;
      case "}":
      case "]":
        depth--;
        break;
      case '"': {
        const end = endOfString(text, at);
        if (depth === 1 && isName(text, end) && text.slice(at, end) === quoted) found++;
        at = end - 1;
        break;
      }
      default:
        break;
    }
  }
  return found > 1;
}

/** Index after the string that begins at `start`. */
function endOfString(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && text[at] !== '"') at += text[at] === "\\" ? 2 : 1;
  return at + 1;
}

function isName(text: string, end: number): boolean {
  let at = end;
  while (/\s/.test(text[at] ?? "")) at++;
  return text[at] === ":";
}
