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

/**
 * Some of the texts in a list, as JSON: what comes from a server can hold line breaks and control characters, which
 * must not reach a log as they are.
 */
export function quoted(texts: string[]): string {
  const distinct = Fn.distinct(Fn.compact(texts));
  return Fn.jsonencode(Fn.slice(distinct, 0, Fn.min([MOST_QUOTED, Fn.lengthOf(distinct)])));
}
