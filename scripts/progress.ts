import { Listr, PRESET_TIMER } from "listr2";

import { duration } from "./duration.ts";

/** Says what a step is doing now; shown with the time it has taken so far. */
export type Report = (text: string) => void;

export interface Step {
  readonly title: string;
  /** Its result, if it is a text, stands behind the title when the step is done. */
  readonly run: (report: Report) => Promise<string | void>;
}

export interface StepOptions {
  /** Runs the remaining steps after one failed. */
  readonly keepGoing?: boolean;
  /** Where lines go; a list that redraws itself appears only on a terminal. */
  readonly stream?: NodeJS.WriteStream;
}

const REDRAW_MS = 1_000;
/** Without a terminal: often enough for a log that is killed when silent, seldom enough to be read. */
const LINE_MS = 15_000;

/**
 * Runs steps one after another and shows each one's progress and time.
 *
 * @throws {Error} with the messages of the steps that failed, after they were shown as failed.
 */
export async function runSteps(steps: readonly Step[], options: StepOptions = {}): Promise<void> {
  const { keepGoing = false, stream = process.stdout } = options;
  const failures: string[] = [];
  const watched = steps.map(({ title, run }) => ({
    title,
    run: (report: Report) =>
      run(report).catch((error: unknown) => {
        failures.push(error instanceof Error ? error.message : String(error));
        throw error;
      }),
  }));
  if (stream === process.stdout && stream.isTTY) await drawn(watched, keepGoing);
  else await listed(watched, keepGoing, stream);
  if (failures.length > 0) throw new Error(failures.join("\n\n"));
}

async function drawn(steps: readonly Step[], keepGoing: boolean): Promise<void> {
  const tasks = steps.map((step) => ({
    title: step.title,
    task: async (_: unknown, task: { title: string; output: string }) => {
      const result = await ticking(step, REDRAW_MS, (text) => {
        task.output = text;
      });
      if (result) task.title = `${step.title}: ${result}`;
    },
  }));
  const rendererOptions = { timer: PRESET_TIMER, showErrorMessage: false, collapseErrors: false };
  // The caller knows what failed; the list has shown where.
  await new Listr(tasks, { exitOnError: !keepGoing, rendererOptions }).run().catch(() => undefined);
}

async function listed(steps: readonly Step[], keepGoing: boolean, stream: NodeJS.WriteStream): Promise<void> {
  for (const step of steps) {
    const start = Date.now();
    const say = (mark: string, text: string) => stream.write(`${mark} ${step.title}${text}\n`);
    try {
      const result = await ticking(step, LINE_MS, (text) => say("…", `: ${text}`));
      say("✔", `${result ? `: ${result}` : ""} (${duration(Date.now() - start)})`);
    } catch {
      say("✖", `: failed (${duration(Date.now() - start)})`);
      if (!keepGoing) return;
    }
  }
}

async function ticking(step: Step, everyMs: number, show: (text: string) => void): Promise<string | void> {
  const start = Date.now();
  let latest = "";
  const ticker = setInterval(() => {
    show([latest, duration(Date.now() - start)].filter((part) => part !== "").join(", "));
  }, everyMs);
  try {
    return await step.run((text) => {
      latest = text;
    });
  } finally {
    clearInterval(ticker);
  }
}
