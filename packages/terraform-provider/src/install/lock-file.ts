import { createHash } from "node:crypto";

/** What the lock file says of one provider. */
export interface LockEntry {
  /** Full address, such as `registry.terraform.io/auditgate/auditgate`. */
  readonly address: string;
  readonly version: string;
  /** Version constraint of the configuration; where none is given, the one in the lock file is kept. */
  readonly constraint?: string | undefined;
  readonly hash: string;
}

const HEAD = `# This file is maintained automatically by "terraform init".
# Manual edits may be lost in future updates.
`;

/**
 * The text of `.terraform.lock.hcl` with the given entry in place of an older one of the same provider; entries of
 * other providers are left as they are.
 *
 * With its entry there, an engine takes the provider from the working directory, and CDKTF does not ask a registry
 * for its hash.
 *
 * @param text - Text of the file so far; undefined where there is none.
 */
export function mergeLockFile(text: string | undefined, entry: LockEntry): string {
  const { head, blocks } = parse(text ?? HEAD);
  const constraint =
    entry.constraint ??
    /^[ \t]*constraints[ \t]*=[ \t]*"([^"\n]*)"/m.exec(blocks.get(entry.address) ?? "")?.[1];
  blocks.set(entry.address, blockOf({ ...entry, constraint }));
  const sorted = [...blocks].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, block]) => block);
  return `${[head.trimEnd(), ...sorted].join("\n\n")}\n`;
}

function blockOf({ address, version, constraint, hash }: LockEntry): string {
  const lines = [
    `provider "${address}" {`,
    ...(constraint === undefined
      ? [`  version = "${version}"`]
      : [`  version     = "${version}"`, `  constraints = "${constraint}"`]),
    "  hashes = [",
    `    "${hash}",`,
    "  ]",
    "}",
  ];
  return lines.join("\n");
}

// Engines write the file, always in this form: a block ends with a brace at the start of a line.
function parse(text: string): { readonly head: string; readonly blocks: Map<string, string> } {
  const blocks = new Map<string, string>();
  const head: string[] = [];
  let address: string | undefined;
  let block: string[] = [];
  for (const line of text.split(/(?<=\n)/)) {
    address ??= /^provider "([^"]+)" \{\r?\n/.exec(line)?.[1];
    if (address === undefined) {
      head.push(line);
      continue;
    }
    block.push(line);
    if (!line.startsWith("}")) continue;
    blocks.set(address, block.join("").trimEnd());
    address = undefined;
    block = [];
  }
  return { head: [...head, ...block].join(""), blocks };
}

/** Hash by which engines know a provider, whatever its packing: of the names and hashes of all its files. */
export function packageHash(files: ReadonlyMap<string, Uint8Array>): string {
  const lines = [...files]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, content]) => `${createHash("sha256").update(content).digest("hex")}  ${name}\n`);
  return `h1:${createHash("sha256").update(lines.join("")).digest("base64")}`;
}
