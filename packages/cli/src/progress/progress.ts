import type { Logger } from "@auditgate/core";
import { isWaiting, type Progress, waitingText, warning } from "./progress-text.ts";

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

function trails(count: number): string {
  return `${count} audit trail${count === 1 ? "" : "s"}`;
}

function warnPlainly(message: string, fields: Parameters<Logger["warn"]>[1]): void {
  process.stderr.write(`${warning(message, fields)}\n`);
}
