import { MultiBar, type SingleBar } from "cli-progress";
import { isWaiting, type Progress, waitingText, warning } from "./progress-text.ts";

/** A live line for each target. */
export function liveProgress(): Progress {
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
