import { Fn, type IResolvable, Op, ref, Token } from "cdktf";

/** How many different texts a message quotes. */
const MOST_QUOTED = 5;

/** `count == 0` */
export function none(count: number): IResolvable {
  return Op.eq(count, known(0));
}

/** `count <= maximum` */
export function atMost(count: number, maximum: number): IResolvable {
  return Op.lte(count, known(maximum));
}

/** `count >= minimum` */
export function atLeast(count: number, minimum: number): IResolvable {
  return Op.gte(count, known(minimum));
}

// cdktf 0.21 takes a zero on the right of an operator for a missing operand and writes "undefined".
function known(value: number): IResolvable {
  return Token.asAny(value);
}

/** One attribute of every element of a list: `column("summary.by_node", "node_id")`. */
export function column(list: string, attribute: string): string[] {
  return Token.asList(ref(`self.${list}[*].${attribute}`));
}

/** Some of the texts in a list, for a message. */
export function quoted(texts: string[]): string {
  const distinct = Fn.distinct(Fn.compact(texts));
  return harmlessJson(Fn.slice(distinct, 0, Fn.min([MOST_QUOTED, Fn.lengthOf(distinct)])));
}

/** Longest part of a message that comes from a server [characters]. */
const LONGEST = 2000;

/**
 * What keeps a text of strangers, as JSON, from speaking to a terminal or to a CI service, where core's `harmless` cannot
 * run: patterns for the engines' `replace`, and what to put there. JSON has escaped line breaks and other controls already.
 */
export const HARMLESS: readonly (readonly [pattern: string, replacement: string])[] = [
  ["[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]", "?"],
  [":(:[A-Za-z])", "\\u003a$1"],
  ["#(#[0-9A-Za-z_]*\\[)", "\\u0023$1"],
  ["(section_(?:start|end)):", "$1\\u003a"],
];

/** A value that comes from a server, as JSON of bounded length in one line that nobody obeys. */
export function harmlessJson(value: unknown): string {
  const json = Fn.substr(Fn.jsonencode(value), 0, LONGEST);
  return HARMLESS.reduce(
    (text, [pattern, replacement]) => Fn.replace(text, literal(`/${pattern}/`), literal(replacement)),
    json,
  );
}

// cdktf writes texts into expressions as they are.
function literal(text: string): string {
  return text.replaceAll("\\", "\\\\");
}
