import type { Step } from "../progress.ts";
import { allEngines } from "./catalogue.ts";
import type { Engine } from "./engine.ts";
import type { Found } from "./locate.ts";
import { provide } from "./provide.ts";

/** One step for each engine; they run one after another, for each build fills the machine. */
export function engineSteps(wanted: readonly Engine[] = allEngines()): Step[] {
  return wanted.map((engine) => ({
    title: engine.title,
    run: async (report) => {
      return placeText(await provide(engine, report));
    },
  }));
}

/** Which version it is, and where it came from. */
export function placeText({ version, from, path }: Found): string {
  return `${version}, from ${from}, ${path}`;
}
