import { harmless } from "./texts/harmless.ts";
import type { Redaction } from "./texts/redaction.ts";

/**
 * Where the client reports what it does; `console` fits. Messages and fields hold no secret: safe to paste into
 * an issue.
 */
export interface Logger {
  debug(message: string, fields: LogFields): void;
  warn(message: string, fields: LogFields): void;
}

/** Facts of a log line: request ids, statuses, times [ms]. */
export interface LogFields {
  readonly [name: string]: string | number | boolean | undefined;
}

/** A logger that keeps nothing. */
export const silent: Logger = { debug() {}, warn() {} };

/** A logger whose lines hold no secret that `redact` knows, and nothing that a terminal obeys. */
export function redactedLogger(logger: Logger, { redact }: Pick<Redaction, "redact">): Logger {
  if (logger === silent) return logger;
  const safe = (text: string) => harmless(redact(text));
  const facts = (fields: LogFields): LogFields =>
    Object.fromEntries(
      Object.entries(fields).map(([name, value]) => [name, typeof value === "string" ? safe(value) : value]),
    );
  return {
    debug: (message, fields) => logger.debug(safe(message), facts(fields)),
    warn: (message, fields) => logger.warn(safe(message), facts(fields)),
  };
}
