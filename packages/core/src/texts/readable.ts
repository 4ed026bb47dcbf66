/** A text with its escapes undone, byte for byte, and where each byte stood in the text. */
export interface Readable {
  /** UTF-8, one character for each byte. */
  readonly bytes: string;
  /** Index of the first character that made the byte, and of the first one after it. */
  readonly starts: readonly number[];
  readonly ends: readonly number[];
}

// Percent, `\u0041`, backslashes before a character, and entities: what JSON, forms, URLs and HTML make of a text.
const ESCAPE =
  /%([0-9a-f]{2})|\\+u([0-9a-f]{4})|\\+(x[0-9a-f]{2}|[^\\]|$)|&#x([0-9a-f]{1,6});|&#(\d{1,7});|&(amp|lt|gt|quot|apos);/gi;

const BACKSLASHED: Readonly<{ [character: string]: string }> = {
  n: "\n",
  r: "\r",
  t: "\t",
  b: "\b",
  f: "\f",
};
const ENTITIES: Readonly<{ [name: string]: string }> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

/** Escapes may be escaped again, such as JSON in a JSON text in a form. */
const LAYERS = 4;

/** Undoes whatever the ways of a text have made of it. What was never escaped may come out otherwise, but always alike. */
export function readableOf(text: string): Readable {
  let readable = utf8(text);
  for (let layer = 0; layer < LAYERS && /[%\\&]/.test(readable.bytes); layer++) {
    const next = withoutEscapes(readable);
    if (next.bytes === readable.bytes) break;
    readable = next;
  }
  return readable;
}

function utf8(text: string): Readable {
  const starts: number[] = [];
  const ends: number[] = [];
  let bytes = "";
  let at = 0;
  for (const character of text) {
    const encoded = bytesOf(character);
    bytes += encoded;
    for (let count = 0; count < encoded.length; count++) {
      starts.push(at);
      ends.push(at + character.length);
    }
    at += character.length;
  }
  return { bytes, starts, ends };
}

function withoutEscapes({ bytes, starts, ends }: Readable): Readable {
  const kept = { bytes: "", starts: [] as number[], ends: [] as number[] };
  const keep = (from: number, to: number) => {
    kept.bytes += bytes.slice(from, to);
    for (let at = from; at < to; at++) {
      kept.starts.push(starts[at]!);
      kept.ends.push(ends[at]!);
    }
  };
  let done = 0;
  for (const match of joinedPairs(bytes)) {
    keep(done, match.index);
    done = match.index + match.length;
    for (const byte of match.meaning) {
      kept.bytes += byte;
      kept.starts.push(starts[match.index]!);
      kept.ends.push(ends[done - 1]!);
    }
  }
  keep(done, bytes.length);
  return kept;
}

interface Escape {
  readonly index: number;
  readonly length: number;
  readonly meaning: string;
}

/** The escapes of a text; two that stand for one character (`\ud83d\ude00`) are one. */
function* joinedPairs(bytes: string): Generator<Escape> {
  let high: (Escape & { readonly unit: number }) | undefined;
  for (const match of bytes.matchAll(ESCAPE)) {
    const { index } = match;
    const [{ length }, percent, unit, backslashed, hex, decimal, entity] = match;
    const code = unit === undefined ? undefined : parseInt(unit, 16);
    if (high) {
      const adjacent = high.index + high.length === index;
      if (adjacent && code !== undefined && code >= 0xdc00 && code <= 0xdfff) {
        const meaning = bytesOf(String.fromCharCode(high.unit, code));
        yield { index: high.index, length: high.length + length, meaning };
        high = undefined;
        continue;
      }
      yield high;
      high = undefined;
    }
    if (code !== undefined) {
      const own = { index, length, meaning: bytesOf(String.fromCharCode(code)), unit: code };
      if (code >= 0xd800 && code <= 0xdbff) high = own;
      else yield own;
    } else if (percent !== undefined) {
      yield { index, length, meaning: String.fromCharCode(parseInt(percent, 16)) };
    } else if (backslashed !== undefined) {
      const byte = /^x..$/i.test(backslashed)
        ? String.fromCharCode(parseInt(backslashed.slice(1), 16))
        : undefined;
      yield { index, length, meaning: byte ?? BACKSLASHED[backslashed] ?? backslashed };
    } else {
      const point = hex !== undefined ? parseInt(hex, 16) : Number(decimal);
      const character =
        entity !== undefined
          ? ENTITIES[entity.toLowerCase()]!
          : point <= 0x10ffff
            ? String.fromCodePoint(point)
            : "";
      yield { index, length, meaning: bytesOf(character) };
    }
  }
  if (high) yield high;
}

function bytesOf(character: string): string {
  return character.length === 1 && character < "\u0080"
    ? character
    : Buffer.from(character, "utf8").toString("latin1");
}
