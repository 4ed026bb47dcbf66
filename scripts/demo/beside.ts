import { duration } from "../duration.ts";
import type { Engine } from "../engines/engine.ts";
import { provide } from "../engines/provide.ts";
import { placeText } from "../engines/steps.ts";
import type { Report, Step } from "../progress.ts";

/** An engine that is put in place while another one is on the stage. */
export interface Beside {
  /** One line about how far it is; nothing once it is there, or has failed. */
  progress(): string | undefined;
  /** Waits for it. */
  readonly step: Step;
}

/** Begins at once to put an engine in place. Where that fails, its step says why. */
export function provideBeside(engine: Engine): Beside {
  const begin = Date.now();
  let latest = "looking for it";
  let listener: Report = () => undefined;
  let isOver = false;
  const found = provide(engine, (text) => {
    latest = text;
    listener(text);
  });
  const over = () => {
    isOver = true;
  };
  found.then(over, over);
  return {
    progress: () =>
      isOver ? undefined : `${engine.title} meanwhile: ${latest}, ${duration(Date.now() - begin)}`,
    step: {
      title: engine.title,
      run: async (report) => {
        listener = report;
        report(latest);
        return placeText(await found);
      },
    },
  };
}
