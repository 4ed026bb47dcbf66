import { createHash } from "node:crypto";
import { type LockPart, lockParts } from "./lock-parts.ts";

/** What the lock file says of one provider. */
export interface LockEntry {
  /** Full address, such as `registry.terraform.io/auditgate/auditgate`. */
  readonly address: string;
  readonly version: string;
  /** Version constraint of the configuration; where none is given, the one in the lock file is kept. */
  readonly constraint?: string | undefined;
  /** Hashes of its packages, which differ where those of its platforms do. */
  readonly hashes: readonly string[];
}

const HEAD = `# This file is maintained automatically by "terraform init".
# Manual edits may be lost in future updates.
`;

/**
 * The text of `.terraform.lock.hcl` with the given entry in place of older ones of the same provider; entries of other
 * providers, and comments, are left as they are.
 *
 * With its entry there, an engine takes the provider from the working directory, and CDKTF does not ask a registry
 * for its hash.
 *
 * @param text - Text of the file so far; undefined where there is none.
 * @throws {SyntaxError} where the text is no lock file.
 */
export function mergeLockFile(text: string | undefined, entry: LockEntry): string {
  const parts = lockParts(text ?? HEAD);
  const [old, ...repeated] = parts.filter(({ address }) => address === entry.address);
  const block = blockOf({ ...entry, constraint: entry.constraint ?? old?.constraint });
  if (!old) return inserted(parts, entry.address, block);
  return textOf(
    parts.flatMap((part) => {
      if (repeated.includes(part)) return [];
      return part === old ? [{ ...part, text: block }] : [part];
    }),
  );
}

/** Before the first provider that engines sort after this one, and the comments on it; else at the end. */
function inserted(parts: readonly LockPart[], address: string, block: string): string {
  const next = parts.findIndex((part) => part.address !== undefined && part.address > address);
  const before = textOf(next < 0 ? parts : parts.slice(0, next));
  if (next < 0) return `${[before.trimEnd(), block].filter(Boolean).join("\n\n")}\n`;
  const lines = before.split(/(?<=\n)/);
  const own = lines.slice(lines.findLastIndex((line) => line.trim() === "") + 1).join("");
  const others = before.slice(0, before.length - own.length);
  return `${others}${block}\n\n${own}${textOf(parts.slice(next))}`;
}

function textOf(parts: readonly LockPart[]): string {
  return parts.map(({ text }) => text).join("");
}

function blockOf({ address, version, constraint, hashes }: LockEntry): string {
  const lines = [
    `provider "${address}" {`,
    ...(constraint === undefined
      ? [`  version = "${version}"`]
      : [`  version     = "${version}"`, `  constraints = "${constraint}"`]),
    "  hashes = [",
    ...[...new Set(hashes)].toSorted().map((hash) => `    "${hash}",`),
    "  ]",
    "}",
  ];
  return lines.join("\n");
}

const hashed = new WeakMap<ReadonlyMap<string, Uint8Array>, string>();

/** Hash by which engines know a provider, whatever its packing: of the names and hashes of all its files. */
export function packageHash(files: ReadonlyMap<string, Uint8Array>): string {
  const known = hashed.get(files) ?? hashOf(files);
  hashed.set(files, known);
  return known;
}

function hashOf(files: ReadonlyMap<string, Uint8Array>): string {
  const lines = [...files]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, content]) => `${createHash("sha256").update(content).digest("hex")}  ${name}\n`);
  return `h1:${createHash("sha256").update(lines.join("")).digest("base64")}`;
}
