import { Command, InvalidArgumentError, Option } from "commander";
import manifest from "../package.json" with { type: "json" };
import type { AcknowledgeOptions } from "./commands/acknowledge.ts";
import type { CheckOptions } from "./commands/check.ts";
import type { DoctorOptions } from "./commands/doctor.ts";
import type { MergeOptions } from "./commands/merge.ts";
import type { ReportOptions } from "./commands/report.ts";
import type { VerifyOptions } from "./commands/verify.ts";
import { VERDICT_FORMATS } from "./formats/names.ts";

/** The command line. What a command does is loaded when it is asked for: help needs none of it. */
export function createProgram(): Command {
  const program = new Command("auditgate")
    .description("Judges the audit trails of DWS clusters and DDS instances by a policy file.")
    .version(manifest.version)
    .exitOverride()
    .showSuggestionAfterError()
    .showHelpAfterError("(auditgate --help lists the commands)")
    .addHelpText("after", EXIT_CODES);

  program
    .command("check")
    .description("judge everything that a policy names")
    .argument("<policy>", "policy file, YAML or JSON")
    .addOption(format())
    .option("-o, --output <file>", "write there instead of to the standard output")
    .option(
      "--evidence <file>",
      "keep what the verdict rests on; one file for each target where there are several",
    )
    .option("--replace-evidence", "replace evidence that is there already")
    .option("--target <name...>", "only these targets of the policy")
    .addOption(
      new Option("--shard <i/n>", "only the i-th of n parts, to be put together by merge").argParser(shard),
    )
    .option("--at <instant>", "judge windows and ages at this instant, RFC 3339")
    .option("-q, --quiet", "no progress")
    .action(async (policy: string, options: CheckOptions) => {
      const { check } = await import("./commands/check.ts");
      process.exitCode = await check(policy, options);
    });

  program
    .command("report")
    .description(
      "judge everything that a policy names, and write a page to look at: time lines, without scripts",
    )
    .argument("<policy>", "policy file, YAML or JSON")
    .requiredOption("-o, --output <file>", "where the page goes, such as report.html")
    .option("--evidence <file>", "keep what the verdict rests on")
    .option("--replace-evidence", "replace evidence that is there already")
    .option("--target <name...>", "only these targets of the policy")
    .option("--at <instant>", "judge windows and ages at this instant, RFC 3339")
    .option("-q, --quiet", "no progress")
    .action(async (policy: string, options: ReportOptions) => {
      const { report } = await import("./commands/report.ts");
      process.exitCode = await report(policy, options);
    });

  program
    .command("read")
    .description("print what a query answers: auditgate read --help lists the queries")
    .helpOption(false)
    .allowUnknownOption()
    .argument("[words...]")
    .action(async (words: readonly string[]) => {
      const { createReadProgram } = await import("./commands/read.ts");
      await createReadProgram().parseAsync([...words], { from: "user" });
    });

  program
    .command("subjects")
    .description("list what a policy judges: targets, clusters, instances")
    .argument("<policy>", "policy file, YAML or JSON")
    .addOption(new Option("-f, --format <format>").choices(["text", "json"]).default("text"))
    .option("--target <name...>", "only these targets of the policy")
    .action(async (policy: string, options: { format: "text" | "json"; target?: string[] }) => {
      const { listSubjects } = await import("./commands/subjects.ts");
      process.exitCode = await listSubjects(policy, options);
    });

  program
    .command("doctor")
    .description("say what is missing before anything can be judged, and what to do about it")
    .argument("[policy]", "policy file, YAML or JSON; without one every query is tried")
    .addOption(new Option("-f, --format <format>").choices(["text", "json"]).default("text"))
    .option("-o, --output <file>", "write there instead of to the standard output")
    .option("--target <name...>", "only these targets of the policy")
    .action(async (policy: string | undefined, options: DoctorOptions) => {
      const { doctor } = await import("./commands/doctor.ts");
      process.exitCode = await doctor(policy, options);
    });

  program
    .command("verify")
    .description("see whether evidence is what it was when the verdict was made")
    .argument("<evidence>", "evidence file")
    .option("--digest <digest>", "evidence digest that was kept elsewhere")
    .action(async (evidence: string, options: VerifyOptions) => {
      const { verify } = await import("./commands/verify.ts");
      process.exitCode = await verify(evidence, options);
    });

  program
    .command("merge")
    .description("put the verdicts of all shards together")
    .argument("<verdicts...>", "files that check --shard --format json has written")
    .addOption(format())
    .option("-o, --output <file>", "write there instead of to the standard output")
    .option("--policy <file>", "the policy file, for formats that point into it")
    .action(async (verdicts: readonly string[], options: MergeOptions) => {
      const { merge } = await import("./commands/merge.ts");
      process.exitCode = await merge(verdicts, options);
    });

  program
    .command("acknowledge")
    .description("write what a verdict found into the policy, as known and in order for some time")
    .argument("<verdict>", "file that check --format json has written")
    .requiredOption("--policy <file>", "the policy file")
    .option("--select <numbers>", "numbers of the list, such as 1,3, or all")
    .option("--reason <text>", "why it is in order for now")
    .option("--since <day>", "first day, today if absent")
    .option("--until <day>", "last day, at most 90 days after the first")
    .action(async (verdict: string, options: AcknowledgeOptions) => {
      const { acknowledge } = await import("./commands/acknowledge.ts");
      process.exitCode = await acknowledge(verdict, options);
    });

  return program;
}

const EXIT_CODES = `
Exit codes:
  0    passed, also where a policy only warns
  1    the gate is closed; of verify, something differs; of doctor, a step has failed
  2    the command line or the policy is not right
  3    could not be judged; of read, not everything could be read; of merge, a shard is missing
  70   a mistake of this program
  130  stopped`;

function format(): Option {
  return new Option("-f, --format <format>", "form of the verdict")
    .choices([...VERDICT_FORMATS])
    .default("text");
}

function shard(text: string): { readonly index: number; readonly count: number } {
  const [, index, count] = /^(\d{1,6})\/(\d{1,6})$/.exec(text) ?? [];
  const part = { index: Number(index), count: Number(count) };
  if (part.index >= 1 && part.index <= part.count) return part;
  throw new InvalidArgumentError("Expected I/N, such as 1/3, with I from 1 to N.");
}
