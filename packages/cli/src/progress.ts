import type { FleetProgress, Logger, Waiting } from "@auditgate/core";

/** What a person sees while a policy is judged. On the standard error, so that the verdict alone is the output. */
export interface Progress {
  show(step: FleetProgress): void;
  /** A service asks to slow down. */
  wait(target: string | null, waiting: Waiting): void;
  readonly logger: Logger;
  end(): void;
}

/** A live line for each target on a terminal, plain lines elsewhere. */
export async function createProgress(quiet: boolean): Promise<Progress> {
  const logger = { debug() {}, warn: warnPlainly };
  if (quiet) return { show() {}, wait() {}, logger, end() {} };
  if (!process.stderr.isTTY) return plainProgress();
  // Loaded where it is of use: a pipeline has no terminal.
  return (await import("./live-progress.ts")).liveProgress();
}

/** Lines at the beginning and the end of each target, and where it waits. */
function plainProgress(): Progress {
  const say = (target: string | null, text: string) =>
    process.stderr.write(`${target === null ? "" : `${target}: `}${text}\n`);
  return {
    show({ target, judged, subjects }) {
      if (judged === 0) say(target, `${trails(subjects)} to judge`);
      else if (judged === subjects) say(target, `${trails(judged)} judged`);
    },
    wait: (target, waiting) => say(target, waitingText(waiting)),
    logger: {
      debug() {},
      warn(message, fields) {
        if (!isWaiting(fields)) warnPlainly(message, fields);
      },
    },
    end() {},
  };
}

/** What is said while a service asks to slow down. */
export function waitingText({ waitMs }: Waiting): string {
  return `the service asks to slow down, waiting ${Math.ceil(waitMs / 1000)} s`;
}

/** Whether a warning is told by the line of its target already. */
export function isWaiting(fields: Parameters<Logger["warn"]>[1]): boolean {
  return fields["waitMs"] !== undefined;
}

function trails(count: number): string {
  return `${count} audit trail${count === 1 ? "" : "s"}`;
}

function warnPlainly(message: string, fields: Parameters<Logger["warn"]>[1]): void {
  process.stderr.write(`${warning(message, fields)}\n`);
}

/** A warning of the client in one line. */
export function warning(message: string, fields: Parameters<Logger["warn"]>[1]): string {
  const facts = Object.entries(fields).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}=${String(value)}`],
  );
  return ["warning:", message, ...facts].join(" ");
}
