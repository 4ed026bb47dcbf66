import { type Client, createClient, type Field, fieldsOf, queries, read } from "@auditgate/core";
import { Command, InvalidArgumentError, Option } from "commander";
import { EXIT, type ExitCode } from "../exit-code.ts";
import { READING_FORMATS, type ReadingFormat, renderReading } from "../formats/reading.ts";
import { interrupted } from "../interrupted.ts";
import { writeOutput } from "../output.ts";
import { placeSettings, type PlaceOptions } from "../place.ts";

interface ReadCommandOptions extends PlaceOptions {
  readonly format: ReadingFormat;
  readonly output?: string;
  readonly [argument: string]: unknown;
}

/** `auditgate read`, with a command for each query, whose options are the query's arguments. */
export function createReadProgram(): Command {
  const program = new Command("auditgate read")
    .description("Prints what a query answers: every record, read completely or with the reason why not.")
    .exitOverride()
    .showSuggestionAfterError();
  for (const query of Object.values(queries)) {
    const fields = fieldsOf(query.args);
    const command = program.command(kebab(query.name)).description(query.description);
    for (const field of fields) command.addOption(optionOf(field));
    command
      .addOption(new Option("-f, --format <format>").choices([...READING_FORMATS]).default("table"))
      .option("-o, --output <file>", "write there instead of to the standard output")
      .option("--policy <file>", "policy file whose target to read from")
      .option("--target <name>", "target of that policy")
      .option("--profile <name>", "profile or cloud to sign in with")
      .option("--region <name>", "region to read from")
      .option("--project-id <id>", "project to read from")
      .action(async (options: ReadCommandOptions) => {
        const args = Object.fromEntries(
          fields.flatMap(({ name }) => (options[name] === undefined ? [] : [[name, options[name]]])),
        );
        const client = createClient(await placeSettings(options));
        process.exitCode = await print(client, query as AnyQuery, args, options).finally(() =>
          client.close(),
        );
      });
  }
  return program;
}

type AnyQuery = Parameters<typeof read<object, object, object>>[1];

async function print(
  client: Client,
  query: AnyQuery,
  args: object,
  { format, output }: ReadCommandOptions,
): Promise<ExitCode> {
  const reading = await read(client, query, args, { signal: interrupted() });
  writeOutput(renderReading(format, query, reading), output);
  if (reading.complete) return EXIT.passed;
  process.stderr.write(`auditgate: not everything could be read: ${reading.incompleteReason ?? "unknown"}\n`);
  return EXIT.unjudged;
}

function optionOf({ wireName, required, description, kind }: Field): Option {
  const option = new Option(
    `--${kebab(wireName)} <${kind.type === "integer" ? "number" : "value"}>`,
    description,
  );
  if (kind.type === "integer") option.argParser(integer);
  return option.makeOptionMandatory(required);
}

function integer(text: string): number {
  if (/^-?\d{1,15}$/.test(text)) return Number(text);
  throw new InvalidArgumentError("Expected a whole number.");
}

function kebab(name: string): string {
  return name.replaceAll("_", "-");
}
