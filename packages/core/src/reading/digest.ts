import { createHash } from "node:crypto";

/**
 * Canonical JSON Lines of records: one line each, keys in the order of the declaration, lines sorted, so that
 * equal records make equal texts in whatever order a service lists them.
 */
export function canonicalLines(records: readonly object[]): readonly string[] {
  return records.map((record) => JSON.stringify(record)).toSorted();
}

/** SHA-256 of {@link canonicalLines} [hex]. */
export function digestOf(lines: Iterable<string>): string {
  const hash = createHash("sha256");
  for (const piece of textOf(lines)) hash.update(piece);
  return hash.digest("hex");
}

const TEXT_AT_ONCE = 2 ** 16;

/** Lines as a text, in pieces: the whole may be longer than a string can be, and every piece costs a call. */
export function* textOf(lines: Iterable<string>): Generator<string> {
  let piece = "";
  for (const line of lines) {
    piece += `${line}\n`;
    if (piece.length < TEXT_AT_ONCE) continue;
    yield piece;
    piece = "";
  }
  if (piece !== "") yield piece;
}

/**
 * Id of a question: the same query with the same arguments as written, in the same region and project, has the
 * same id [32 hex digits].
 */
export function readingId(
  query: string,
  args: object,
  scope: { readonly region?: string | undefined; readonly projectId?: string | undefined },
): string {
  const given = Object.entries(args)
    .filter(([, value]) => value !== undefined && value !== null)
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
  const question = JSON.stringify([query, given, scope.region ?? null, scope.projectId ?? null]);
  return createHash("sha256").update(question).digest("hex").slice(0, 32);
}
