import type { FleetProgress, Logger } from "@auditgate/core";
import { MultiBar, type SingleBar } from "cli-progress";

/** What a person sees while a policy is judged. On the standard error, so that the verdict alone is the output. */
export interface Progress {
  show(step: FleetProgress): void;
  readonly logger: Logger;
  end(): void;
}

/** A live line for each target on a terminal, plain lines elsewhere. */
export function createProgress(quiet: boolean): Progress {
  if (quiet) return { show() {}, logger: { debug() {}, warn: warnPlainly }, end() {} };
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
    { barCompleteChar: "━", barIncompleteChar: "─", format: "{bar} {value}/{total} {target}" },
  );
  const shown = new Map<string | null, SingleBar>();
  return {
    show({ target, judged, subjects }) {
      const bar = shown.get(target) ?? bars.create(subjects, 0);
      shown.set(target, bar);
      bar.setTotal(subjects);
      bar.update(judged, { target: target ?? "" });
    },
    logger: { debug() {}, warn: (message, fields) => bars.log(`${warning(message, fields)}\n`) },
    end: () => bars.stop(),
  };
}

/** Lines at the beginning and the end of each target. */
function plainProgress(): Progress {
  const say = (text: string) => process.stderr.write(`${text}\n`);
  return {
    show({ target, judged, subjects }) {
      const name = target === null ? "" : `${target}: `;
      if (judged === 0) say(`${name}${trails(subjects)} to judge`);
      else if (judged === subjects) say(`${name}${trails(judged)} judged`);
    },
    logger: { debug() {}, warn: warnPlainly },
    end() {},
  };
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
