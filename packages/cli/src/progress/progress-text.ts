import type { FleetProgress, Logger, Waiting } from "@auditgate/core";

/** What a person sees while a policy is judged. On the standard error, so that the verdict alone is the output. */
export interface Progress {
  /** How far a target has come. */
  show(step: FleetProgress): void;
  /** A service asks to slow down. */
  wait(target: string | null, waiting: Waiting): void;
  /** Where warnings of clients go. */
  readonly logger: Logger;
  /** Leaves the screen as it was. */
  end(): void;
}

/** What is said while a service asks to slow down. */
export function waitingText({ waitMs }: Waiting): string {
  return `the service asks to slow down, waiting ${Math.ceil(waitMs / 1000)} s`;
}

/** Whether a warning is told by the line of its target already. */
export function isWaiting(fields: Parameters<Logger["warn"]>[1]): boolean {
  return fields["waitMs"] !== undefined;
}

/** A warning of the client in one line. */
export function warning(message: string, fields: Parameters<Logger["warn"]>[1]): string {
  const facts = Object.entries(fields).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}=${String(value)}`],
  );
  return ["warning:", message, ...facts].join(" ");
}
