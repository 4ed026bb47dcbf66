import { diagnoseFleet } from "@auditgate/core";
import { diagnosisText } from "../formats/diagnosis-text.ts";
import { jsonText } from "../formats/json-text.ts";
import { EXIT, type ExitCode } from "../exit-code.ts";
import { interrupted } from "../interrupted.ts";
import { writeOutput } from "../output.ts";
import { readPolicy } from "../policy/policy-argument.ts";

/** Options of `doctor`. */
export interface DoctorOptions {
  readonly format: "text" | "json";
  readonly output?: string;
  readonly target?: readonly string[];
}

/** Says of each place what works, what does not, and what to do about it. */
export async function doctor(path: string | undefined, options: DoctorOptions): Promise<ExitCode> {
  const policy = path === undefined ? undefined : (await readPolicy(path)).policy;
  const targets = await diagnoseFleet(policy, { targets: options.target, signal: interrupted() });
  const text =
    options.format === "json"
      ? jsonText({ version: 1, targets })
      : targets.map((each) => diagnosisText(each)).join("\n");
  writeOutput(text, options.output);
  return targets.every(({ passed }) => passed) ? EXIT.passed : EXIT.closed;
}
