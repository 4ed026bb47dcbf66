import { Document, isMap, isSeq, LineCounter, parseDocument, Scalar, visit } from "yaml";

/** The text of a policy with further acknowledgements. In YAML of blocks, all other lines stay as they are. */
export function withAcknowledged(text: string, entries: readonly object[]): string {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const list = document.get("acknowledged");
  if (list === undefined && isMap(document.contents) && !document.contents.flow) {
    const indent = lines.linePos(document.contents.range?.[0] ?? 0).col - 1;
    return `${text.trimEnd()}\n${shifted(`acknowledged:\n${shifted(blockOf(entries), 2)}`, indent)}`;
  }
  const [first] = isSeq(list) && !list.flow ? list.items : [];
  if (isSeq(list) && isMap(first) && first.range && list.range) {
    // The item begins behind its dash.
    const indent = lines.linePos(first.range[0]).col - 1 - "- ".length;
    const [head, tail] = [text.slice(0, list.range[1]).trimEnd(), text.slice(list.range[1])];
    return `${head}\n${shifted(blockOf(entries), indent)}${tail.replace(/^\n/, "")}`;
  }
  for (const entry of entries) {
    const node = quoted(document, entry);
    if (isSeq(list)) list.add(node);
    else document.set("acknowledged", document.createNode([node]));
  }
  return document.toString({ lineWidth: 0 });
}

function blockOf(entries: readonly object[]): string {
  const document = new Document();
  document.contents = document.createNode(entries.map((entry) => quoted(document, entry)));
  return document.toString({ lineWidth: 0 });
}

/** With every value in quotes: other readers of YAML make a date of a plain one. */
function quoted(document: Document, entry: object) {
  const node = document.createNode(entry);
  visit(node, {
    Scalar(key, scalar) {
      if (key === "value" && typeof scalar.value === "string") scalar.type = Scalar.QUOTE_DOUBLE;
    },
  });
  return node;
}

function shifted(text: string, spaces: number): string {
  return text.replaceAll(/^(?=.)/gm, " ".repeat(Math.max(spaces, 0)));
}
