import { harmless } from "@auditgate/core";
import { escape } from "html-escaper";

/** A piece of HTML, in which every text is escaped already. */
export class Markup {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

type Part = string | number | null | undefined | Markup | readonly Markup[];

/** HTML out of a template: what stands in it as a text or number is text, whatever it holds. */
export function html(pieces: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  return new Markup(pieces.reduce((before, piece, index) => `${before}${textOf(parts[index - 1])}${piece}`));
}

/** Nothing. */
export const NOTHING: Markup = html``;

function textOf(part: Part): string {
  if (part === null || part === undefined) return "";
  if (part instanceof Markup) return part.text;
  if (typeof part === "object") return part.map(({ text }) => text).join("");
  return escape(harmless(String(part)));
}
