import { readFile } from "node:fs/promises";
import { createInterface } from "node:readline/promises";
import { type Acknowledgeable, harmless } from "@auditgate/core";
import { EXIT, type ExitCode } from "../exit-code.ts";
import { writeOutput } from "../output.ts";
import { readPolicy } from "../policy/policy-argument.ts";
import { UsageError } from "../usage-error.ts";
import { readVerdict } from "../verdict-file.ts";
import { withAcknowledged } from "../policy/with-acknowledged.ts";

/** Options of `acknowledge`. */
export interface AcknowledgeOptions {
  readonly policy: string;
  /** Numbers of the list, such as `1,3`, or `all`. */
  readonly select?: string;
  readonly reason?: string;
  readonly since?: string;
  readonly until?: string;
}

/** Writes what a person chooses of a verdict into the policy, as acknowledged. Without a choice, lists what there is. */
export async function acknowledge(verdictFile: string, options: AcknowledgeOptions): Promise<ExitCode> {
  const { targets } = await readVerdict(verdictFile);
  const items = distinct(targets.flatMap(({ acknowledgeable }) => acknowledgeable));
  if (items.length === 0) {
    process.stdout.write("Nothing in this verdict can be acknowledged.\n");
    return EXIT.passed;
  }
  process.stdout.write(items.map((item, index) => `${index + 1}  ${lineOf(item)}\n`).join(""));
  const answers = await complete(options);
  if (!answers) {
    process.stdout.write("Choose with --select 1,2 or --select all, with --reason and --until.\n");
    return EXIT.passed;
  }
  const chosen = chosenOf(items, answers.select);
  await addTo(options.policy, chosen, answers);
  process.stdout.write(`${options.policy} acknowledges ${chosen.length} until ${answers.until}.\n`);
  return EXIT.passed;
}

type Answers = Required<Omit<AcknowledgeOptions, "policy">>;

/** The options, asked for at a terminal where they are missing; undefined where nothing was chosen. */
async function complete(options: AcknowledgeOptions): Promise<Answers | undefined> {
  const since = options.since ?? new Date().toISOString().slice(0, 10);
  const { select, reason, until } = options;
  if (select !== undefined && reason !== undefined && until !== undefined) {
    return { select, reason, since, until };
  }
  if (!process.stdin.isTTY) {
    if (select === undefined) return undefined;
    throw new UsageError("--select needs --reason and --until");
  }
  const lines = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return {
      select: select ?? (await lines.question("Which, such as 1,3 or all? ")),
      reason: reason ?? (await lines.question("Why is it in order for now? ")),
      since,
      until: until ?? (await lines.question("Until which day, such as 2026-12-15? ")),
    };
  } finally {
    lines.close();
  }
}

function chosenOf(items: readonly Acknowledgeable[], select: string): readonly Acknowledgeable[] {
  if (select.trim() === "all") return items;
  return select.split(",").map((text) => {
    const item = /^\s*\d{1,9}\s*$/.test(text) ? items[Number(text) - 1] : undefined;
    if (item) return item;
    throw new UsageError(`--select takes numbers from 1 to ${items.length} or all, not ${harmless(text)}`);
  });
}

/** Adds to the policy file, which is valid before and after, or as it was. */
async function addTo(
  path: string,
  chosen: readonly Acknowledgeable[],
  { reason, since, until }: Answers,
): Promise<void> {
  await readPolicy(path);
  const before = await readFile(path, "utf8");
  const entries = chosen.map(({ ruleId, subject, record }) => ({
    rule: ruleId,
    subject,
    record,
    reason,
    since,
    until,
  }));
  writeOutput(withAcknowledged(before, entries), path);
  try {
    await readPolicy(path);
  } catch (error) {
    writeOutput(before, path);
    throw error;
  }
}

function lineOf({ ruleId, subject, record }: Acknowledgeable): string {
  const fields = Object.entries(record).map(([name, value]) => `${name}=${String(value)}`);
  return harmless([ruleId, subject, ...fields].join("  "));
}

function distinct(items: readonly Acknowledgeable[]): readonly Acknowledgeable[] {
  return [...new Map(items.map((item) => [JSON.stringify(item), item])).values()];
}
