/** Longest body that is read. */
export const MAX_BODY_BYTES = 64 * 1024 * 1024;

/** Longer ones get their place at once, instead of being kept twice: in pieces, and put together. */
const LONG_BODY_BYTES = 2 ** 20;

/** The body of a response, as it comes. */
export interface Body {
  add(chunk: Buffer): void;
  /** All that has come. */
  bytes(): Buffer;
  /** Gives the memory of a long one back at once, where the collector would come to it late. */
  release(): void;
}

/** @param length - As the response states it; it may be wrong. */
export function collectBody(length: unknown): Body {
  const expected = Number(length);
  const isLong = expected >= LONG_BODY_BYTES && expected <= MAX_BODY_BYTES;
  const place = isLong ? new ArrayBuffer(expected) : undefined;
  let placed = 0;
  const chunks: Buffer[] = [];
  return {
    add(chunk) {
      if (place && chunks.length === 0 && placed + chunk.length <= expected) {
        chunk.copy(new Uint8Array(place, placed));
        placed += chunk.length;
      } else chunks.push(chunk);
    },
    bytes() {
      if (place) chunks.unshift(Buffer.from(place, 0, placed));
      return chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks);
    },
    release() {
      place?.transfer(0);
    },
  };
}
