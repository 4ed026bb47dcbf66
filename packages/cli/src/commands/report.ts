import type { ExitCode } from "../exit-code.ts";
import { check, type CheckOptions } from "./check.ts";

/** Options of `report`. */
export type ReportOptions = Omit<CheckOptions, "format" | "output" | "shard"> & { readonly output: string };

/** Judges a policy as `check` does, and writes a page to look at. */
export async function report(path: string, options: ReportOptions): Promise<ExitCode> {
  const code = await check(path, { ...options, format: "html" });
  process.stdout.write(`${options.output} is written.\n`);
  return code;
}
