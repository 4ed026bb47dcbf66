/** What a vendor says about a failed request. */
export interface VendorError {
  readonly code: string | undefined;
  readonly message: string | undefined;
}

const SAYS_NOTHING: VendorError = { code: undefined, message: undefined };

/**
 * Code and message in any of the forms the services and their gateways use: `error_code`/`error_msg`,
 * `errCode`/`externalMessage`, `errorCode`/`errorMsg`, `code`/`message`, `error: { code, message }`, one level
 * nested, base64, or HTML.
 */
export function parseVendorError(body: string): VendorError {
  return fromJson(body) ?? fromJson(Buffer.from(body.trim(), "base64").toString("utf8")) ?? fromHtml(body);
}

/**
 * The error that an answer states although its status says that all is well: beside what was asked for, or one level
 * deeper. Undefined where it states none.
 */
export function statedError(body: object): VendorError | undefined {
  const parts = [body, ...Object.values(body).filter(isObject)];
  if (parts.some((part) => ERROR_KEYS.some((key) => says(valueOf(part, key))))) return fromParts(parts);
  if (says(valueOf(body, "error")) || says(valueOf(body, "errors"))) return fromParts(parts);
  // A code that is a number may be a status that says that all is well.
  const code = valueOf(body, "code");
  return typeof code === "string" && !/^\d*$/.test(code) ? fromParts(parts) : undefined;
}

const CODE_KEYS = ["error_code", "errCode", "errorCode", "code"];
const MESSAGE_KEYS = ["error_msg", "externalMessage", "errorMsg", "error_message", "message", "title"];
/** Those that nothing but an error has. */
const ERROR_KEYS = [...CODE_KEYS, ...MESSAGE_KEYS].filter((key) => /^err|^ext/.test(key));

function fromJson(text: string): VendorError | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  return typeof value === "object" && value !== null
    ? fromParts([value, ...Object.values(value)])
    : undefined;
}

function fromParts(parts: readonly unknown[]): VendorError {
  for (const part of parts) {
    const found = isObject(part) ? fromObject(part) : undefined;
    if (found) return found;
  }
  return SAYS_NOTHING;
}

function fromObject(value: object): VendorError | undefined {
  const first = (keys: readonly string[]) =>
    keys
      .map((key) => valueOf(value, key))
      .filter((member) => typeof member === "string" || typeof member === "number")
      .map(String)
      .find((text) => text !== "");
  const code = first(CODE_KEYS);
  const message = first(MESSAGE_KEYS);
  return code === undefined && message === undefined ? undefined : { code, message };
}

function fromHtml(text: string): VendorError {
  const start = text.trim();
  const title = /<title>([^<]{1,200})<\/title>/i.exec(text)?.[1];
  return { code: undefined, message: title?.trim() ?? (start.startsWith("<") ? "an HTML page" : start) };
}

function valueOf(object: object, key: string): unknown {
  return Object.hasOwn(object, key) ? (object as { readonly [key: string]: unknown })[key] : undefined;
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function says(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 : Boolean(value) && value !== "0";
}
