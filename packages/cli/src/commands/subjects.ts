import { fleetSubjects } from "@auditgate/core";
import Table from "cli-table3";
import { jsonText } from "../formats/json-text.ts";
import { EXIT, type ExitCode } from "../exit-code.ts";
import { interrupted } from "../interrupted.ts";
import { writeOutput } from "../output.ts";
import { readPolicy } from "../policy/policy-argument.ts";
import { createProgress } from "../progress/progress.ts";

/** Options of `subjects`. */
export interface SubjectsOptions {
  readonly format: "text" | "json";
  readonly target?: readonly string[];
}

/** Lists what a policy judges; where it says `"*"`, what the service lists. */
export async function listSubjects(path: string, options: SubjectsOptions): Promise<ExitCode> {
  const { policy } = await readPolicy(path);
  const { logger } = await createProgress(true);
  const subjects = await fleetSubjects(policy, { targets: options.target, signal: interrupted(), logger });
  if (options.format === "json") {
    writeOutput(jsonText(subjects), undefined);
    return EXIT.passed;
  }
  const table = new Table({ head: ["target", "query", "subject"], style: { head: [], border: [] } });
  for (const { target, query, subject } of subjects) table.push([target ?? "–", query, subject]);
  writeOutput(`${table.toString()}\n`, undefined);
  return EXIT.passed;
}
