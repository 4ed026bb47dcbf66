import { harmless, verifyEvidence } from "@auditgate/core";
import { EXIT, type ExitCode } from "../exit-code.ts";

/** Options of `verify`. */
export interface VerifyOptions {
  readonly digest?: string;
}

/** Says whether evidence is whole and unchanged. */
export async function verify(file: string, { digest }: VerifyOptions): Promise<ExitCode> {
  const { valid, problems, digest: found, readings, checks } = await verifyEvidence(file, digest);
  const records = readings.reduce((sum, { count }) => sum + count, 0);
  const lines = valid
    ? [`${file} is valid: ${readings.length} readings, ${records} records, digest ${found ?? "none"}`]
    : [`${file} is not valid:`, ...problems.map((problem) => `  ${problem}`)];
  if (valid && checks.length > 0) {
    const names = [...new Set(checks.map(({ rule }) => harmless(rule)))].join(", ");
    lines.push(`  checks of the program's own are unchanged, but cannot be judged again: ${names}`);
  }
  process.stdout.write(`${lines.join("\n")}\n`);
  return valid ? EXIT.passed : EXIT.closed;
}
