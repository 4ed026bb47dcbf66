import { randomUUID } from "node:crypto";
import { renameSync, rmSync, writeFileSync } from "node:fs";
import { UsageError } from "./usage-error.ts";

/**
 * Writes what a command has to say: to a file, which is there as a whole or not at all, or to the standard output.
 *
 * @throws {UsageError} Where the file cannot be written.
 */
export function writeOutput(text: string, file: string | undefined): void {
  if (file === undefined) {
    process.stdout.write(text);
    return;
  }
  const partial = `${file}.${randomUUID()}.partial`;
  try {
    writeFileSync(partial, text, { flag: "wx" });
    renameSync(partial, file);
  } catch (error) {
    rmSync(partial, { force: true });
    throw new UsageError(`${file} cannot be written: ${(error as NodeJS.ErrnoException).code ?? "unknown"}`);
  }
}
