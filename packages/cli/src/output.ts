import { randomUUID } from "node:crypto";
import { closeSync, openSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { UsageError } from "./usage-error.ts";

/**
 * Writes what a command has to say, and ends its last line: to a file, which is there as a whole or not at all, to what
 * is no file, such as a device or a pipe, or to the standard output.
 *
 * @throws {UsageError} Where the file cannot be written.
 */
export function writeOutput(text: string, file: string | undefined): void {
  if (file === undefined) {
    for (const piece of piecesOf(text)) process.stdout.write(piece);
    return;
  }
  const partial = `${file}.${randomUUID()}.partial`;
  try {
    const standing = statSync(file, { throwIfNoEntry: false });
    // Whoever may write to a device or a pipe may not always replace it, and never wants to.
    if (standing && !standing.isFile()) return write(text, openSync(file, "w"));
    write(text, openSync(partial, "wx"));
    renameSync(partial, file);
  } catch (error) {
    rmSync(partial, { force: true });
    throw new UsageError(`${file} cannot be written: ${(error as NodeJS.ErrnoException).code ?? "unknown"}`);
  }
}

function write(text: string, opened: number): void {
  try {
    for (const piece of piecesOf(text)) writeFileSync(opened, piece);
  } finally {
    closeSync(opened);
  }
}

const PIECE_LENGTH = 2 ** 16;

/** Whole lines at a time, so that a verdict on thousands of subjects is not in memory as bytes, too. */
function* piecesOf(text: string): Generator<string, void> {
  for (let at = 0; at < text.length;) {
    const end = text.indexOf("\n", at + PIECE_LENGTH) + 1 || text.length;
    yield text.slice(at, end);
    at = end;
  }
  if (!text.endsWith("\n")) yield "\n";
}
