import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import type { EmulatorData } from "./data/data.ts";
import { parseData } from "./data/data-file.ts";
import type { Fault } from "./faults/fault.ts";
import { namedFaults } from "./faults/names.ts";
import { parseFaultText } from "./faults/parse.ts";
import { generateData, type SampleOptions } from "./sample/generate.ts";

/** What the command line asks for. */
export interface Command {
  does: "serve" | "export" | "help";
  port: number;
  hosts: string[];
  latencyMs: number;
  quiet: boolean;
  faults: Fault[];
  data: EmulatorData;
  /** Program to run against it, and its arguments; empty for none. */
  program: readonly string[];
}

/** A mistake of the caller, in one line that says where and what would be right. */
export class UsageError extends Error {}

const defaultPort = 8642;

/** The text of `--help`. */
export const help = `Usage: auditgate-emulator [options] [--] [program [argument...]]

Serves the DWS and DDS audit APIs and IAM on 127.0.0.1, with generated or own data. With a program, such as bash or
your test command, runs that with the environment variables that point auditgate at the emulator, and ends with it.

  --port N        port to listen on; 0 takes a free one (default ${defaultPort}, with a program 0)
  --host NAME     host name to answer under besides 127.0.0.1, localhost and [::1]; may be repeated
  --data FILE     data set as JSON, in the form that --export prints
  --export        print the data set as JSON and end
  --seed N        another seed makes another generated data set (default 1)
  --anchor TIME   where the generated records end, RFC 3339 (default: start of the current hour)
  --latency MS    wait before every answer [ms]
  --fault FAULT   irregularity by name or as JSON; may be repeated
  --quiet         do not print a line per request, as with a program
  --help          this text

Faults by name:
${columns(Object.keys(namedFaults))}
`;

/**
 * Reads the command line, and the data file it names.
 *
 * @throws {UsageError} For unknown options, bad values and unfit files.
 */
export function parseCommand(argv: readonly string[]): Command {
  const { values, positionals: program } = optionsOf(argv);
  return {
    does: values.help ? "help" : values.export ? "export" : "serve",
    port: wholeNumber("--port", values.port, program.length > 0 ? 0 : defaultPort, 65_535),
    hosts: values.host ?? [],
    latencyMs: wholeNumber("--latency", values.latency, 0, 3_600_000),
    quiet: values.quiet ?? false,
    faults: (values.fault ?? []).flatMap((text) => explain("--fault", () => parseFaultText(text))),
    data: values.data === undefined ? generateData(sampleOptions(values)) : readData(values.data),
    program,
  };
}

function optionsOf(argv: readonly string[]) {
  return explain("auditgate-emulator", () =>
    parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        port: { type: "string" },
        host: { type: "string", multiple: true },
        data: { type: "string" },
        export: { type: "boolean" },
        seed: { type: "string" },
        anchor: { type: "string" },
        latency: { type: "string" },
        fault: { type: "string", multiple: true },
        quiet: { type: "boolean" },
        help: { type: "boolean", short: "h" },
      },
    }),
  );
}

function sampleOptions(values: { seed?: string | undefined; anchor?: string | undefined }): SampleOptions {
  const seed = wholeNumber("--seed", values.seed, 1, 4_294_967_295);
  if (values.anchor === undefined) return { seed };
  const anchor = new Date(values.anchor);
  if (Number.isNaN(anchor.getTime()))
    throw new UsageError(`--anchor: expected a time such as 2026-01-31T12:00:00Z, found ${values.anchor}`);
  return { seed, anchor };
}

function readData(file: string): EmulatorData {
  return explain(file, () => parseData(JSON.parse(readFileSync(file, "utf8"))));
}

function wholeNumber(name: string, text: string | undefined, fallback: number, most: number): number {
  if (text === undefined) return fallback;
  if (!/^\d{1,10}$/.test(text) || Number(text) > most)
    throw new UsageError(`${name}: expected a whole number from 0 to ${most}, found ${text}`);
  return Number(text);
}

/** Runs `act`; whatever it throws becomes a usage error that begins with the place. */
function explain<Result>(place: string, act: () => Result): Result {
  try {
    return act();
  } catch (error) {
    throw new UsageError(`${place}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function columns(names: readonly string[]): string {
  const lines: string[] = [];
  for (const name of names) {
    const last = lines.at(-1);
    if (last === undefined || last.length + name.length > 88) lines.push(`  ${name}`);
    else lines[lines.length - 1] = `${last}, ${name}`;
  }
  return lines.join(",\n");
}
