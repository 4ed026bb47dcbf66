import type * as yamlModule from "yaml";
import type { Document, LineCounter, Node } from "yaml";

/** Where something stands in a text, both from 1. */
export interface Position {
  /** Line, from 1. */
  readonly line: number;
  /** Column, from 1 [UTF-16 code units]. */
  readonly column: number;
}

/** What is wrong with a text itself, before anything is asked of its content. */
export interface TextProblem extends Position {
  readonly text: string;
}

/** A YAML or JSON text, and where its parts stand. */
export interface ParsedText {
  readonly value: unknown;
  /** The key of the innermost part of `path` that there is, or the entry, where it is one of a list. */
  positionOf(path: readonly PropertyKey[]): Position;
  /** Plain texts that other readers of YAML take for dates. */
  readonly plainDates: readonly (readonly PropertyKey[])[];
}

/**
 * Reads one YAML 1.2 document; JSON is one too.
 *
 * @returns The document, or the first thing that is wrong with the text. No line of the text is quoted.
 */
export async function parseText(text: string): Promise<ParsedText | TextProblem> {
  const yaml = await import("yaml");
  const lines = new yaml.LineCounter();
  // Without a log level the library prints warnings, with lines of the file, to stderr.
  const document = yaml.parseDocument(text, { lineCounter: lines, logLevel: "error", prettyErrors: false });
  const [mistake] = [...document.errors, ...document.warnings];
  if (mistake)
    return {
      ...positionAt(lines, mistake.pos[0]),
      text: SENTENCES[mistake.code] ?? "cannot be read as YAML",
    };
  try {
    return {
      value: document.toJS() as unknown,
      positionOf: (path) => positionAt(lines, offsetOf(yaml, document, path)),
      plainDates: plainDates(yaml, document),
    };
  } catch {
    return { line: 1, column: 1, text: "refers to its own parts more often than can be read" };
  }
}

const SENTENCES: { readonly [code: string]: string } = {
  DUPLICATE_KEY: "is a key that is there already",
  MULTIPLE_DOCS: "begins a second document; a policy is one",
  TAG_RESOLVE_FAILED: "has a tag that has no meaning here",
  TAB_AS_INDENT: "is indented by a tab; YAML takes spaces",
  BAD_INDENT: "is indented otherwise than the lines it belongs to",
  BAD_ALIAS: 'names an anchor that is not there; a star that is meant as text stands in quotes: "*"',
  MISSING_CHAR: "misses a character, such as a quote, a comma or a bracket",
};

type Yaml = typeof yamlModule;

function positionAt(lines: LineCounter, offset: number): Position {
  const { line, col } = lines.linePos(offset);
  return { line: Math.max(line, 1), column: Math.max(col, 1) };
}

function offsetOf(yaml: Yaml, document: Document.Parsed, path: readonly PropertyKey[]): number {
  let node: unknown = document.contents;
  let offset = startOf(node) ?? 0;
  for (const key of path) {
    if (yaml.isAlias(node)) node = node.resolve(document);
    if (yaml.isMap(node)) {
      const pair = node.items.find(
        (each) => yaml.isScalar(each.key) && String(each.key.value) === String(key),
      );
      if (!pair) return offset;
      offset = startOf(pair.key) ?? offset;
      node = pair.value;
    } else if (yaml.isSeq(node)) {
      node = node.items[Number(key)];
      offset = startOf(node) ?? offset;
    } else return offset;
  }
  return offset;
}

function startOf(node: unknown): number | undefined {
  return (node as Partial<Node> | null | undefined)?.range?.[0];
}

function plainDates(yaml: Yaml, document: Document.Parsed): readonly (readonly PropertyKey[])[] {
  const found: (readonly PropertyKey[])[] = [];
  yaml.visit(document, {
    Scalar(key, scalar, ancestors) {
      if (key === "key" || scalar.type !== "PLAIN" || typeof scalar.value !== "string") return;
      if (/^\d{4}-\d\d?-\d\d?(?:$|[Tt \t])/.test(scalar.value))
        found.push(pathOf(yaml, [...ancestors, scalar]));
    },
  });
  return found;
}

/** The keys that lead through these nodes, each in the one before. */
function pathOf(yaml: Yaml, nodes: readonly unknown[]): readonly PropertyKey[] {
  return nodes.flatMap((node, index): readonly PropertyKey[] => {
    if (yaml.isPair(node)) return yaml.isScalar(node.key) ? [String(node.key.value)] : [];
    return yaml.isSeq(node) ? [node.items.indexOf(nodes[index + 1])] : [];
  });
}
