/** A piece of a lock file: a `provider` block, or what is around those. */
export interface LockPart {
  readonly text: string;
  /** Of a `provider` block, its label. */
  readonly address?: string;
  /** Of a `provider` block, its version constraints. */
  readonly constraint?: string | undefined;
}

// HCL as engines write it and people edit it: comments, texts, names and punctuation; the rest is one character.
const TOKEN = /(?:#|\/\/)[^\n]*|\/\*[^]*?(?:\*\/|$)|"(?:[^"\\\n]|\\.)*"?|[\w-]+|\s+|[^]/g;

/**
 * The pieces of a lock file, which together are its text.
 *
 * @throws {SyntaxError} where a block is not closed, or closed twice: nothing can be replaced in such a file.
 */
export function lockParts(text: string): readonly LockPart[] {
  const tokens = text.match(TOKEN) ?? [];
  const parts: LockPart[] = [];
  let pending: string[] = [];
  const flush = () => {
    if (pending.length > 0) parts.push({ text: pending.join("") });
    pending = [];
  };
  for (let at = 0; at < tokens.length;) {
    const header = providerAt(tokens, at);
    const end = endOf(tokens, header?.open ?? at);
    if (header) {
      flush();
      const body = tokens.slice(at, end);
      parts.push({ text: body.join(""), address: header.address, constraint: constraintIn(body) });
    } else {
      pending.push(...tokens.slice(at, end));
    }
    at = end;
  }
  flush();
  return parts;
}

/** A `provider "…" {` that begins here, and where its brace is. */
function providerAt(tokens: readonly string[], at: number): { address: string; open: number } | undefined {
  if (tokens[at] !== "provider") return undefined;
  const label = skipped(tokens, at + 1);
  const open = skipped(tokens, label + 1);
  const address = /^"(.*)"$/.exec(tokens[label] ?? "")?.[1];
  return address !== undefined && tokens[open] === "{" ? { address, open } : undefined;
}

/** Behind the token at `at`, or behind what it opens. @throws {SyntaxError} where that is not closed. */
function endOf(tokens: readonly string[], at: number): number {
  let depth = 0;
  for (let index = at; index < tokens.length; index++) {
    if (tokens[index] === "{") depth++;
    if (tokens[index] === "}") depth--;
    if (depth < 0) throw new SyntaxError("a brace is closed that none opens");
    if (depth === 0) return index + 1;
  }
  throw new SyntaxError("a block is not closed");
}

function constraintIn(tokens: readonly string[]): string | undefined {
  const at = tokens.indexOf("constraints");
  const equals = skipped(tokens, at + 1);
  if (at < 0 || tokens[equals] !== "=") return undefined;
  return /^"(.*)"$/.exec(tokens[skipped(tokens, equals + 1)] ?? "")?.[1];
}

/** The first token from `at` on that says something. */
function skipped(tokens: readonly string[], at: number): number {
  let index = at;
  while (/^(?:\s|#|\/\/|\/\*)/.test(tokens[index] ?? "")) index++;
  return index;
}
