import { readableOf } from "./readable.ts";

/** Secrets that are known, and must not be said. */
export interface Redaction {
  /** From now on, these are cut out of every text; what is absent or empty is none. */
  add(secrets: Iterable<string | undefined>): void;
  /**
   * The text without them, however they were escaped: as they are, in JSON, in a form or URL, in HTML, as base64, also
   * several times. Where two overlap, all of both is cut.
   */
  redact(text: string): string;
}

/** Shorter ones are cut where they stand alone: within words, they would be found everywhere, and so give themselves away. */
const SHORTEST_WITHIN = 4;

/**
 * A redaction that knows no secret yet.
 *
 * @param mark - What stands in the place of a secret.
 */
export function createRedaction(mark = "…"): Redaction {
  const given = new Set<string>();
  const known = new Set<string>();
  return {
    add(secrets) {
      for (const secret of secrets) {
        if (secret === undefined || given.has(secret)) continue;
        given.add(secret);
        // A header or a file may have lost the white space around it.
        for (const form of [secret, secret.trim()]) {
          const { bytes } = readableOf(form);
          if (bytes !== "") known.add(spaced(bytes));
        }
      }
    },
    redact(text) {
      if (known.size === 0 || text === "") return text;
      return withMarks(text, cutsOf(text, known), mark);
    },
  };
}

/** From where to where a secret stands in a text. */
type Cut = readonly [from: number, to: number];

function cutsOf(text: string, known: ReadonlySet<string>): readonly Cut[] {
  const { bytes, places } = readableOf(text);
  const plain = spaced(bytes);
  const found = [...known].flatMap((secret) =>
    placesOf(plain, secret).map((at): Cut => [at, at + secret.length]),
  );
  for (const { 0: run, index } of bytes.matchAll(BASE64)) {
    if (holdsSecret(run, known)) found.push([index, index + run.length]);
  }
  if (found.length === 0) return found;
  const within = places();
  return found.map(([from, to]) => [within.from(from), within.to(to - 1)]);
}

// Both alphabets, with line breaks as MIME has them.
const BASE64 = /[A-Za-z0-9+/_-][A-Za-z0-9+/_\r\n-]{2,}={0,2}/g;

/** Whether a base64 text holds a secret; it may begin within it, where it stands behind another letter. */
function holdsSecret(run: string, known: ReadonlySet<string>): boolean {
  return [0, 1, 2, 3].some((skipped) => {
    const inner = Buffer.from(run.slice(skipped), "base64").toString("utf8");
    const plain = spaced(readableOf(inner).bytes);
    // Whatever is no base64 makes noise, in which a short secret stands now and then.
    const isText = /^[ -~]*$/.test(plain);
    return [...known].some(
      (secret) => (isText || secret.length >= SHORTEST_WITHIN) && placesOf(plain, secret).length > 0,
    );
  });
}

function placesOf(text: string, secret: string): readonly number[] {
  const places: number[] = [];
  for (let at = text.indexOf(secret); at >= 0; at = text.indexOf(secret, at + 1)) {
    if (secret.length >= SHORTEST_WITHIN || standsAlone(text, at, at + secret.length)) places.push(at);
  }
  return places;
}

function standsAlone(text: string, from: number, to: number): boolean {
  return !/\w/.test(text[from - 1] ?? "") && !/\w/.test(text[to] ?? "");
}

/** A form writes a space as a plus sign. */
function spaced(bytes: string): string {
  return bytes.replaceAll("+", " ");
}

function withMarks(text: string, cuts: readonly Cut[], mark: string): string {
  let result = "";
  let done = 0;
  for (const [from, to] of cuts.toSorted(([a], [b]) => a - b)) {
    if (to <= done) continue;
    if (from >= done) result += text.slice(done, from) + mark;
    done = to;
  }
  return result + text.slice(done);
}
