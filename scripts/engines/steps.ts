import type { Step } from "../progress.ts";
import { ENGINES, type Engine } from "./catalogue.ts";
import { provide } from "./provide.ts";

/** One step for each engine; they run one after another, for each build fills the machine. */
export function engineSteps(wanted: readonly Engine[] = ENGINES): Step[] {
  return wanted.map((engine) => ({
    title: engine.title,
    run: async (report) => {
      const { version, from, path } = await provide(engine, report);
      return `${version}, from ${from}, ${path}`;
    },
  }));
}
