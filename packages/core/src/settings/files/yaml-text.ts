import type { Document, ErrorCode, Scalar } from "yaml";
import { fileError, type Tree } from "./tree.ts";

/**
 * What a YAML file says, its scalars as they are written: a project's id of digits is no number here, whatever its
 * digits would make. Only `verify` and `insecure` are looked at as YAML 1.1 does, for there `no` and `"no"` differ.
 *
 * @throws {AuditError} `ERR_CONFIG` naming file and line. The library's own messages quote the line, which may hold a
 *   password; it also warns by `process.emitWarning`, so that it is told not to and asked afterwards.
 */
export async function parseYaml(path: string, text: string): Promise<Tree> {
  const { isScalar, parseDocument, visit } = await import("yaml");
  const document = parseDocument(text, {
    schema: "failsafe",
    version: "1.1",
    merge: true,
    uniqueKeys: false,
    logLevel: "error",
  });
  const [problem] = [...document.errors, ...document.warnings.filter(isUnknownTag(text))];
  if (problem) throw fileError(path, WHAT_IS_WRONG[problem.code] ?? "is no valid YAML", lineOf(problem));
  visit(document, {
    Pair(_, { key, value }) {
      if (!isScalar(key) || !isScalar(value) || value.type !== "PLAIN") return;
      if (!SWITCHES.has(String(key.value))) return;
      const yes = BOOLEANS[String(value.value).toLowerCase()];
      if (yes !== undefined) value.value = yes;
    },
    Scalar(_, node) {
      if (isNothing(node)) node.value = null;
    },
  });
  return treeOf(path, document);
}

/** Keys whose value is a switch. */
const SWITCHES = new Set(["verify", "insecure"]);

/** As YAML 1.1 reads them, plain. */
const BOOLEANS: { readonly [text: string]: boolean } = {
  true: true,
  yes: true,
  on: true,
  false: false,
  no: false,
  off: false,
};

const WHAT_IS_WRONG: { readonly [code in ErrorCode]?: string } = {
  TAG_RESOLVE_FAILED: "has a value that begins with `!`, which is a tag in YAML: put it into quotes",
  MULTIPLE_DOCS: "has more than one document",
};

// `!!int 5` asks for what we do not do, and loses nothing by it.
const PLAIN_TAG = /!!(?:int|float|bool|null|timestamp)$/;

function isUnknownTag(text: string) {
  return ({ code, pos: [start, end] }: Document["warnings"][number]) =>
    code === "TAG_RESOLVE_FAILED" && !PLAIN_TAG.test(text.slice(start, end).trim());
}

function isNothing({ type, value }: Scalar): boolean {
  return type === "PLAIN" && /^(?:~|null|Null|NULL|)$/.test(String(value));
}

function treeOf(path: string, document: Document): Tree {
  try {
    return document.toJS() as Tree;
  } catch {
    throw fileError(path, "has an alias or a merge key that cannot be followed");
  }
}

function lineOf({ linePos }: { readonly linePos?: readonly { readonly line: number }[] | undefined }) {
  return linePos?.[0]?.line;
}
