/** A text with its escapes undone, byte for byte, and where each byte stood in the text. */
export interface Readable {
  /** UTF-8, one character for each byte. */
  readonly bytes: string;
  /** Found when it is asked for: most texts hold no secret, and places take many times the text's own memory. */
  places(): Places;
}

/** Where bytes stood in a text. */
interface Places {
  /** Index of the first character that made the byte. */
  from(at: number): number;
  /** Index of the first character after it. */
  to(at: number): number;
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

const SAME: Places = { from: (at) => at, to: (at) => at + 1 };

function utf8(text: string): Readable {
  if (Buffer.byteLength(text) === text.length) return { bytes: text, places: () => SAME };
  return {
    bytes: bytesOf(text),
    places: () => {
      const starts: number[] = [];
      const ends: number[] = [];
      let at = 0;
      for (const character of text) {
        for (let count = 0; count < bytesOf(character).length; count++) {
          starts.push(at);
          ends.push(at + character.length);
        }
        at += character.length;
      }
      return { from: (byte) => starts[byte]!, to: (byte) => ends[byte]! };
    },
  };
}

function withoutEscapes(readable: Readable): Readable {
  let bytes = "";
  let done = 0;
  for (const { index, length, meaning } of joinedPairs(readable.bytes)) {
    bytes += readable.bytes.slice(done, index) + meaning;
    done = index + length;
  }
  bytes += readable.bytes.slice(done);
  return { bytes, places: () => placesWithin(readable) };
}

/** Where the bytes stood that are left of a text once its escapes are undone. */
function placesWithin({ bytes, places }: Readable): Places {
  const before = places();
  const starts: number[] = [];
  const ends: number[] = [];
  const keep = (from: number, to: number) => {
    for (let at = from; at < to; at++) {
      starts.push(before.from(at));
      ends.push(before.to(at));
    }
  };
  let done = 0;
  for (const { index, length, meaning } of joinedPairs(bytes)) {
    keep(done, index);
    done = index + length;
    for (let count = 0; count < meaning.length; count++) {
      starts.push(before.from(index));
      ends.push(before.to(done - 1));
    }
  }
  keep(done, bytes.length);
  return { from: (at) => starts[at]!, to: (at) => ends[at]! };
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

function bytesOf(text: string): string {
  return Buffer.from(text, "utf8").toString("latin1");
}
