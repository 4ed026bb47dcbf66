import ts from "typescript";

/** A regular expression as a source file writes it. */
export interface Literal {
  readonly source: string;
  readonly flags: string;
  /** From 1. */
  readonly line: number;
}

/**
 * All regular expressions of a source file: literals, and texts called `source` of an object called `pattern`, which
 * may become expressions at run time.
 *
 * @throws {Error} for any other `RegExp` that is put together at run time, as nobody can check it beforehand.
 */
export function literalsIn(file: string, text: string): readonly Literal[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const found: Literal[] = [];
  const visit = (node: ts.Node): void => {
    const line = source.getLineAndCharacterOfPosition(node.getStart()).line + 1;
    if (ts.isRegularExpressionLiteral(node)) {
      const end = node.text.lastIndexOf("/");
      found.push({ source: node.text.slice(1, end), flags: node.text.slice(end + 1), line });
    } else if (ts.isPropertyAssignment(node) && isDeclaredPattern(node)) {
      if (ts.isStringLiteralLike(node.initializer))
        found.push({ source: node.initializer.text, flags: "", line });
    } else if ((ts.isNewExpression(node) || ts.isCallExpression(node)) && isRegExp(node.expression)) {
      const [pattern, flags] = node.arguments ?? [];
      if (pattern && ts.isStringLiteralLike(pattern) && (!flags || ts.isStringLiteralLike(flags)))
        found.push({ source: pattern.text, flags: flags?.text ?? "", line });
      else if (node.arguments?.length !== 1 || pattern?.getText() !== "pattern.source")
        throw new Error(`${file}:${line}: this RegExp is put together at run time; write it as a literal.`);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function isRegExp(callee: ts.Expression): boolean {
  return ts.isIdentifier(callee) && callee.text === "RegExp";
}

function isDeclaredPattern({ name, parent }: ts.PropertyAssignment): boolean {
  const owner = parent.parent;
  return nameOf(name) === "source" && ts.isPropertyAssignment(owner) && nameOf(owner.name) === "pattern";
}

function nameOf(name: ts.PropertyName): string | undefined {
  return ts.isIdentifier(name) || ts.isStringLiteral(name) ? name.text : undefined;
}
