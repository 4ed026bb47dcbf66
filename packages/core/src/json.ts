// A number token too long to be certain of fitting 2^53 exactly, outside or inside of strings: only then is the
// slower parser worth its time.
const LONG_NUMBER = /[:[,\s]-?\d{16,}/;

/** JSON with integers beyond 2^53 as bigint, so that nothing is rounded. */
export function parseJson(text: string): unknown {
  if (!LONG_NUMBER.test(text)) return JSON.parse(text);
  return JSON.parse(text, (_key, value: unknown, context?: { readonly source?: string }) =>
    typeof value === "number" &&
    !Number.isSafeInteger(value) &&
    context?.source &&
    /^-?\d+$/.test(context.source)
      ? BigInt(context.source)
      : value,
  );
}
