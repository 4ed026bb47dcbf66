import { createHash } from "node:crypto";

/** What the first bytes of a program say of it. */
export interface Format {
  readonly format: "ELF" | "Mach-O" | "PE";
  readonly architecture: "amd64" | "arm64";
}

const ELF = { magic: 0x7f454c46, amd64: 62, arm64: 183 };
const MACH_O = { magic: 0xcffaedfe, amd64: 0x01000007, arm64: 0x0100000c };
const PE = { magic: 0x4d5a, amd64: 0x8664, arm64: 0xaa64 };

/** @throws {Error} for anything else than a program of 64 bits. */
export function formatOf(bytes: Buffer): Format {
  const architecture = (code: number, { amd64, arm64 }: { amd64: number; arm64: number }) => {
    if (code === amd64) return "amd64";
    if (code === arm64) return "arm64";
    throw new Error(`unknown architecture ${code}`);
  };
  if (bytes.readUInt32BE(0) === ELF.magic)
    return { format: "ELF", architecture: architecture(bytes.readUInt16LE(18), ELF) };
  if (bytes.readUInt32BE(0) === MACH_O.magic)
    return { format: "Mach-O", architecture: architecture(bytes.readUInt32LE(4), MACH_O) };
  if (bytes.readUInt16BE(0) === PE.magic) {
    const header = bytes.readUInt32LE(0x3c);
    return { format: "PE", architecture: architecture(bytes.readUInt16LE(header + 4), PE) };
  }
  throw new Error("no program");
}

const LC_CODE_SIGNATURE = 0x1d;
const CODE_DIRECTORY = 0xfade0c02;

/**
 * How many pages of a Mach-O program have the hash that its signature states, of how many: macOS on ARM kills a program at
 * the first page that has not. Undefined where there is no signature.
 *
 * @see https://developer.apple.com/documentation/technotes/tn3126-inside-code-signing-hashes
 */
export function signedPages(bytes: Buffer): { readonly right: number; readonly all: number } | undefined {
  let at = 32;
  for (let left = bytes.readUInt32LE(16); left > 0; left--) {
    if (bytes.readUInt32LE(at) === LC_CODE_SIGNATURE) {
      const blob = bytes.subarray(bytes.readUInt32LE(at + 8));
      for (let index = 0; index < blob.readUInt32BE(8); index++) {
        const directory = blob.subarray(blob.readUInt32BE(16 + 8 * index));
        if (directory.readUInt32BE(0) === CODE_DIRECTORY) return rightPages(bytes, directory);
      }
    }
    at += bytes.readUInt32LE(at + 4);
  }
  return undefined;
}

function rightPages(bytes: Buffer, directory: Buffer) {
  const hashes = directory.readUInt32BE(16);
  const all = directory.readUInt32BE(28);
  const limit = directory.readUInt32BE(32);
  const size = directory.readUInt8(36);
  const page = 2 ** directory.readUInt8(39);
  let right = 0;
  for (let index = 0; index < all; index++) {
    const content = bytes.subarray(index * page, Math.min((index + 1) * page, limit));
    const hash = createHash("sha256").update(content).digest().subarray(0, size);
    if (hash.equals(directory.subarray(hashes + index * size, hashes + (index + 1) * size))) right++;
  }
  return { right, all };
}
