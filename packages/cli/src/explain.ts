import type { AuditError } from "@auditgate/core";
import type { CommanderError } from "commander";
import { EXIT, type ExitCode } from "./exit-code.ts";
import { oldNode } from "./old-node.ts";
import { UsageError } from "./usage-error.ts";

/** What is said about an error that ends a command, and the exit code. */
export interface Ending {
  /** Empty where everything has been said. */
  readonly text: string;
  /** What the process ends with. */
  readonly code: ExitCode;
}

/** How a command of `program` ends that has thrown. Whatever is not foreseen is a mistake of that program. */
export function explain(error: unknown, program = "auditgate"): Ending {
  if (isParserError(error)) {
    // Help and mistakes have been printed by the parser itself.
    return { text: "", code: error.exitCode === 0 ? EXIT.passed : EXIT.usage };
  }
  if (error instanceof UsageError) return { text: `${program}: ${error.message}`, code: EXIT.usage };
  if (isAuditError(error)) {
    return { text: `${program}: ${error.code}: ${error.message}`, code: codeOf(error) };
  }
  // The packages that are loaded then fail, each in words of its own.
  const old = oldNode();
  if (old !== undefined) return { text: `${program}: ${old}`, code: EXIT.unjudged };
  const what = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { text: `${program}: a mistake of this program, please report it\n${what}`, code: EXIT.bug };
}

// By its code: the parser is bundled with this program, and others bring a copy of their own.
function isParserError(error: unknown): error is CommanderError {
  return error instanceof Error && "code" in error && String(error.code).startsWith("commander.");
}

// By its name, for core is loaded only by the commands that need it.
function isAuditError(error: unknown): error is AuditError {
  return error instanceof Error && error.name === "AuditError" && "code" in error;
}

function codeOf({ code }: AuditError): ExitCode {
  switch (code) {
    case "ERR_ABORTED":
      return EXIT.stopped;
    case "ERR_ARGUMENT":
      return EXIT.usage;
    default:
      return EXIT.unjudged;
  }
}
