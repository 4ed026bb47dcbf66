#!/usr/bin/env node
import { runProgram } from "./child.ts";
import { help, parseCommand, UsageError } from "./command.ts";
import { startEmulator } from "./emulator.ts";
import { whenNpxEnds } from "./parent.ts";
import { startText } from "./start-text.ts";

async function run(argv: readonly string[]): Promise<void> {
  const command = parseCommand(argv);
  if (command.does === "help") {
    process.stdout.write(help);
    return;
  }
  if (command.does === "export") {
    process.stdout.write(`${JSON.stringify(command.data, undefined, 1)}\n`);
    return;
  }
  const { port, hosts, latencyMs, faults, data, program } = command;
  const quiet = command.quiet || program.length > 0;
  const log = (line: string): void => void process.stderr.write(`${line}\n`);
  const emulator = await startEmulator({ port, hosts, latencyMs, faults, data, ...(quiet ? {} : { log }) });
  if (program.length > 0) {
    try {
      process.exitCode = await runProgram(program, emulator.env);
    } finally {
      await emulator.close();
    }
    return;
  }
  process.stdout.write(startText(emulator));
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => void emulator.close());
  whenNpxEnds(() => void emulator.close());
}

function explain(error: unknown): string {
  if (error instanceof UsageError) return `${error.message}\n(auditgate-emulator --help lists the options)`;
  const { code, port, path } = error as { code?: unknown; port?: unknown; path?: unknown };
  if (code === "EADDRINUSE") return `port ${String(port)} is taken; --port 0 takes a free one`;
  if (code === "ENOENT") return `${String(path)}: there is no such program`;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

// A reader such as `head` may close the pipe early.
process.stdout.on("error", () => process.exit());
run(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${explain(error)}\n`);
  process.exitCode = 1;
});
