import { readFile } from "node:fs/promises";
import { type FleetVerdict, parseFleetVerdict } from "@auditgate/core";
import { UsageError } from "./usage-error.ts";

/**
 * A verdict that `check --format json` has written.
 *
 * @throws {UsageError} For a file that is none.
 */
export async function readVerdict(file: string): Promise<FleetVerdict> {
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (error) {
    throw new UsageError(`${file} cannot be read: ${(error as NodeJS.ErrnoException).code ?? "unknown"}`);
  }
  try {
    return parseFleetVerdict(text);
  } catch (error) {
    throw new UsageError(`${file} is no verdict: ${error instanceof Error ? error.message : String(error)}`);
  }
}
