/** Longest text of a stranger that is shown [characters]. */
const LONGEST = 2000;

/**
 * Text of strangers in one line that neither a terminal nor a CI service obeys: control, format and direction-changing
 * characters and line separators are escaped, and so are the starts of commands (`::error::`, `##[group]`, `##vso[…]`,
 * `section_start:…`), wherever they stand, as whoever prints the line may break it anew. What is longer than
 * 2,000 characters is cut. Applied again, it changes nothing.
 */
export function harmless(text: string): string {
  return harmlessWithin(LONGEST, text);
}

/** As {@link harmless}, with another length [characters]. */
export function harmlessWithin(longest: number, text: string): string {
  const safe = shortened(text, longest)
    .replace(UNSEEN, escaped)
    .replace(/:(?=:[a-z])/gi, "\\u003a")
    .replace(/#(?=#\w*\[)/g, "\\u0023")
    .replace(/(section_(?:start|end)):/gi, "$1\\u003a");
  return shortened(safe, longest);
}

/** What has no form of its own, or changes that of others: C0, C1, format characters, separators, halves of pairs. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

const NAMED: Readonly<{ [character: string]: string }> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

function escaped(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  const hex = code.toString(16).padStart(4, "0");
  return NAMED[character] ?? (code > 0xffff ? `\\u{${hex}}` : `\\u${hex}`);
}

/** A text, cut where it is longer than `longest` characters. */
function shortened(text: string, longest: number): string {
  if (text.length <= longest) return text;
  // Not between the halves of a pair.
  return `${text.slice(0, longest - 1).replace(/[\ud800-\udbff]$/, "")}…`;
}
