/**
 * The expressions in a template of Terraform's, without its literal texts and comments: `x-${a.b}` has `a.b`. What only
 * stands in a text refers to nothing, however much it looks like an address.
 *
 * @see https://github.com/hashicorp/hcl/blob/main/hclsyntax/spec.md
 */
export function codeOf(template: string): string {
  return new Scanner(template).template();
}

const HEREDOC = /<<-?([\w-]+)\r?\n([^]*?)\n[ \t]*\1(?![\w-])/y;
const COMMENT = /\/\*[^]*?\*\/|(?:#|\/\/)[^\n]*/y;

class Scanner {
  private readonly text: string;
  private at = 0;

  constructor(text: string) {
    this.text = text;
  }

  /** Up to the end of the text, or of a quoted template. */
  template(end = ""): string {
    let code = "";
    while (this.at < this.text.length) {
      if (end !== "" && this.takes(end)) break;
      // `$${` and `%%{` stand for the characters themselves; in a quoted template, a backslash escapes one.
      if (this.takes("$${") || this.takes("%%{")) continue;
      if (end !== "" && this.takes("\\")) this.at++;
      else if (this.takes("${") || this.takes("%{")) code += ` ${this.expression()} `;
      else this.at++;
    }
    return code;
  }

  /** Up to the brace that closes it. */
  private expression(): string {
    let code = "";
    let depth = 0;
    while (this.at < this.text.length) {
      if (this.takes('"')) code += ` ${this.template('"')} `;
      else if (this.matches(COMMENT)) code += " ";
      else if (this.text.startsWith("<<", this.at)) code += this.heredoc();
      else {
        const character = this.text.charAt(this.at++);
        if (character === "}" && depth === 0) break;
        if (character === "{") depth++;
        if (character === "}") depth--;
        code += character;
      }
    }
    // Blanks around a dot change nothing.
    return code.replaceAll(/(?<!\s)\s*\.\s*/g, ".");
  }

  private heredoc(): string {
    const body = this.matches(HEREDOC)?.[2];
    if (body === undefined) this.at += 2;
    return ` ${codeOf(body ?? "")} `;
  }

  private takes(text: string): boolean {
    const found = this.text.startsWith(text, this.at);
    if (found) this.at += text.length;
    return found;
  }

  private matches(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.at;
    const match = pattern.exec(this.text);
    if (match) this.at = pattern.lastIndex;
    return match;
  }
}
