import type { FleetProgress, Logger, Waiting } from "@auditgate/core";
import { MultiBar, type SingleBar } from "cli-progress";

/** What a person sees while a policy is judged. On the standard error, so that the verdict alone is the output. */
export interface Progress {
  show(step: FleetProgress): void;
  /** A service asks to slow down. */
  wait(target: string | null, waiting: Waiting): void;
  readonly logger: Logger;
  end(): void;
}

/** A live line for each target on a terminal, plain lines elsewhere. */
export function createProgress(quiet: boolean): Progress {
  const logger = { debug() {}, warn: warnPlainly };
  if (quiet) return { show() {}, wait() {}, logger, end() {} };
  return process.stderr.isTTY ? liveProgress() : plainProgress();
}

function liveProgress(): Progress {
  const bars = new MultiBar(
    {
      hideCursor: true,
      clearOnComplete: true,
      stream: process.stderr,
      barsize: 24,
      fps: 10,
    },
    { barCompleteChar: "━", barIncompleteChar: "─", format: "{bar} {value}/{total} {target}{waiting}" },
  );
  const shown = new Map<string | null, SingleBar>();
  const barOf = (target: string | null, subjects: number) => {
    const bar = shown.get(target) ?? bars.create(subjects, 0, { target: target ?? "", waiting: "" });
    shown.set(target, bar);
    return bar;
  };
  return {
    show({ target, judged, subjects }) {
      const bar = barOf(target, subjects);
      bar.setTotal(subjects);
      bar.update(judged, { waiting: "" });
    },
    wait(target, waiting) {
      barOf(target, 0).update({ waiting: `  ${waitingText(waiting)}` });
    },
    logger: {
      debug() {},
      warn(message, fields) {
        if (!isWaiting(fields)) bars.log(`${warning(message, fields)}\n`);
      },
    },
    end: () => bars.stop(),
  };
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

function waitingText({ waitMs }: Waiting): string {
  return `the service asks to slow down, waiting ${Math.ceil(waitMs / 1000)} s`;
}

// Told by the line of its target already.
function isWaiting(fields: Parameters<Logger["warn"]>[1]): boolean {
  return fields["waitMs"] !== undefined;
}

function trails(count: number): string {
  return `${count} audit trail${count === 1 ? "" : "s"}`;
}

function warnPlainly(message: string, fields: Parameters<Logger["warn"]>[1]): void {
  process.stderr.write(`${warning(message, fields)}\n`);
}

function warning(message: string, fields: Parameters<Logger["warn"]>[1]): string {
  const facts = Object.entries(fields).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}=${String(value)}`],
  );
  return ["warning:", message, ...facts].join(" ");
}
