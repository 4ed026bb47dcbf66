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
